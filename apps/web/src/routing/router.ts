import { PORTAL_PATH } from '@latchkey/contract/portal-settings'
import { useSyncExternalStore } from 'react'
import type { Sentence } from '../languages/create-messages.ts'

/**
 * The path of the portal. The page says it, because the server may be below a path of its host. The build does not know
 * that path: the server writes it into the page.
 */
export const BASE_PATH = readBasePath()

/** The state of a history entry. It outlives a reload of the page, and must never hold a secret. */
export interface RouteState {
  /** The mail address of a user who waits for a mail. */
  email?: string
  /** The path to open after the sign-in. */
  next?: string
}

/** Options of {@link navigate}. */
export interface NavigateOptions {
  state?: RouteState
  /** Whether the new page replaces the current page in the history. */
  replace?: boolean
  /** A sentence to show once, on the next page. */
  notice?: Sentence
}

/** The current page. */
export interface Location {
  /** The path below the base, with a leading slash and without a trailing one: `/sign-in`; `/` for the first page. */
  path: string
  /** The query: empty, or with its question mark. */
  query: string
  state: RouteState
  notice: Sentence
  /** The number of pages shown before. The first page must not take the focus. */
  index: number
}

const listeners = new Set<() => void>()
let location = read({ notice: null, index: 0 })

/** Opens another page of the portal, without a page load. */
export function navigate(path: string, options: NavigateOptions = {}): void {
  const method = options.replace ? 'replaceState' : 'pushState'
  history[method](options.state ?? {}, '', toHref(path))
  show(options.notice ?? null)
}

/** Returns the URL of a page of the portal, for a link. */
export function toHref(path: string): string {
  return path === '/' ? `${BASE_PATH}/` : BASE_PATH + path
}

/**
 * Reads the path below the base from the path of a URL.
 *
 * @param pathname - the value of `location.pathname`
 */
export function toPath(pathname: string): string {
  const path = pathname.startsWith(BASE_PATH) ? pathname.slice(BASE_PATH.length) : pathname
  return path.replace(/\/+$/, '') || '/'
}

/** Returns the current page and its state. */
export function useLocation(): Location {
  return useSyncExternalStore(subscribe, () => location)
}

function readBasePath(): string {
  // Some programs without a window import this file for its constants.
  if (typeof document === 'undefined') return PORTAL_PATH
  return document.querySelector('meta[name="latchkey-portal"]')?.getAttribute('content') ?? PORTAL_PATH
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('popstate', onPopState)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('popstate', onPopState)
  }
}

function onPopState(): void {
  show(null)
}

function show(notice: Sentence): void {
  const former = location
  location = read({ notice, index: former.index + 1 })
  // Another query is another state of the same page. The focus stays where the user is.
  if (location.path === former.path && location.query !== former.query) location.index = former.index
  for (const listener of listeners) listener()
}

function read(rest: { notice: Sentence; index: number }): Location {
  // Some programs without a window import this file for its constants.
  if (typeof window === 'undefined') return { path: '/', query: '', state: {}, ...rest }
  const { pathname, search: query } = window.location
  return { path: toPath(pathname), query, state: readState(history.state), ...rest }
}

/** Reads the state of a history entry, and ignores everything that the portal has not written. */
export function readState(value: unknown): RouteState {
  if (typeof value !== 'object' || value === null) return {}
  const { email, next } = value as Record<string, unknown>
  return {
    ...(typeof email === 'string' && { email }),
    ...(typeof next === 'string' && next.startsWith('/') && { next }),
  }
}
