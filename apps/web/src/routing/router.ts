import { PORTAL_PATH } from '@latchkey/contract/portal-settings'
import { useSyncExternalStore } from 'react'

/** Where the portal lives; the server and the build know it too. */
export const BASE_PATH = PORTAL_PATH

/** What goes along with an address and outlives a reload of the page. Never a secret. */
export interface RouteState {
  /** The address of a person who waits for a mail. */
  email?: string
  /** Where to go on to after signing in. */
  next?: string
  /** What was searched for. */
  search?: string
}

/** How to go somewhere. */
export interface NavigateOptions {
  state?: RouteState
  /** Whether Back skips the page that is left. */
  replace?: boolean
  /** A sentence to show on the next page, once. */
  notice?: string
}

/** The page that is shown. */
export interface Location {
  /** Below the base, with a leading and no trailing slash: `/sign-in`; `/` for the first page. */
  path: string
  state: RouteState
  notice: string | null
  /** How many pages were shown before: the first one must not take the focus. */
  index: number
}

const listeners = new Set<() => void>()
let location = read({ notice: null, index: 0 })

/** Goes to another page of the portal without loading it anew. */
export function navigate(path: string, options: NavigateOptions = {}): void {
  const method = options.replace ? 'replaceState' : 'pushState'
  history[method](options.state ?? {}, '', toHref(path))
  show(options.notice ?? null)
}

/** Keeps something with the page that is shown, for when Back leads there again. */
export function remember(state: RouteState): void {
  history.replaceState({ ...location.state, ...state }, '')
}

/** The address of a page of the portal, for a link. */
export function toHref(path: string): string {
  return path === '/' ? `${BASE_PATH}/` : BASE_PATH + path
}

/**
 * Reads the path below the base from that of an address.
 *
 * @param pathname - as `location.pathname` has it
 */
export function toPath(pathname: string): string {
  const path = pathname.startsWith(BASE_PATH) ? pathname.slice(BASE_PATH.length) : pathname
  return path.replace(/\/+$/, '') || '/'
}

/** The page to show, and what came with it. */
export function useLocation(): Location {
  return useSyncExternalStore(subscribe, () => location)
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

function show(notice: string | null): void {
  location = read({ notice, index: location.index + 1 })
  for (const listener of listeners) listener()
}

function read(rest: { notice: string | null; index: number }): Location {
  // Programs without a window import this for its words alone.
  if (typeof window === 'undefined') return { path: '/', state: {}, ...rest }
  return { path: toPath(window.location.pathname), state: readState(history.state), ...rest }
}

/** Takes from a history entry what is ours; anything may have written it. */
export function readState(value: unknown): RouteState {
  if (typeof value !== 'object' || value === null) return {}
  const { email, next, search } = value as Record<string, unknown>
  return {
    ...(typeof email === 'string' && { email }),
    ...(typeof next === 'string' && next.startsWith('/') && { next }),
    ...(typeof search === 'string' && { search }),
  }
}
