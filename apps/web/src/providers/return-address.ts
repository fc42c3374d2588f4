import { PORTAL_RETURN_PATH } from '@latchkey/contract/portal-settings'
import { toHref, toPath } from '../routing/router.ts'

/** What the page was left for. */
export const PURPOSES = ['sign_in', 'connect', 'reauthenticate'] as const
/** One of {@link PURPOSES}. */
export type Purpose = (typeof PURPOSES)[number]

/** What the address of the return says: it decides which page follows, and nothing else. */
export interface ReturnPlan {
  purpose: Purpose
  /** The path to open; the first page unless given. */
  next?: string
}

/** The page on which the connections are. */
export const CONNECTIONS_PATH = '/connections'

/** The server takes 500, and the client adds the name of the attempt. */
const ADDRESS_MAX_CHARACTERS = 450

/** Writes the address to which the browser comes back. A path that is too long for it is left out. */
export function writeReturnAddress({ purpose, next }: ReturnPlan): string {
  const page = window.location.origin + toHref(PORTAL_RETURN_PATH)
  const address = `${page}?${new URLSearchParams({ for: purpose, ...(next !== undefined && { next }) })}`
  return address.length <= ADDRESS_MAX_CHARACTERS ? address : `${page}?for=${purpose}`
}

/**
 * Reads the query of that address. Anybody can write it into a link, so it names pages of the portal only. The page of
 * the return itself is none of them: it would be shown already, and wait for ever.
 */
export function readReturnPlan(query: string): ReturnPlan {
  const parameters = new URLSearchParams(query)
  const purpose = PURPOSES.find((known) => known === parameters.get('for')) ?? 'sign_in'
  const next = parameters.get('next')
  return { purpose, ...(next?.startsWith('/') && !isReturnPage(next) && { next }) }
}

function isReturnPage(next: string): boolean {
  return toPath(new URL(toHref(next), 'https://portal.invalid').pathname) === PORTAL_RETURN_PATH
}
