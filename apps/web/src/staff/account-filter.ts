import type { StaffUserFilter } from '@latchkey/client'
import { ROLE_MAX } from '@latchkey/contract/limits'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** The choices of each field of the filter, as the address of the page has them. An empty text filters nothing. */
export const CHOICES = {
  active: ['', 'true', 'false'],
  verified: ['', 'true', 'false'],
  created: ['', '1d', '7d', '30d'],
  seen: ['', '1d', '7d', '30d', 'not-30d'],
} as const

/** The fields of the filter, in the order of the form. */
export const FILTER_FIELDS = ['search', 'role', 'active', 'verified', 'created', 'seen'] as const

/** What is searched for. Each value is a text, as a form and the address of the page have it. */
export type AccountFilter = Record<(typeof FILTER_FIELDS)[number], string>

/** Reads the filter from the query of the page. A value that is no choice filters nothing. */
export function readAccountFilter(query: string): AccountFilter {
  const sent = new URLSearchParams(query)
  const filter = {} as AccountFilter
  for (const name of FILTER_FIELDS) {
    const value = sent.get(name)?.trim() ?? ''
    filter[name] = isChoice(name, value) ? value : ''
  }
  return filter
}

/** Writes the query of the page that shows a filter: empty, or with its question mark. */
export function writeAccountFilter(filter: AccountFilter): string {
  const query = new URLSearchParams()
  for (const name of FILTER_FIELDS) if (filter[name].trim() !== '') query.set(name, filter[name].trim())
  return query.size === 0 ? '' : `?${query}`
}

/**
 * Makes the fields of the request.
 *
 * @param now - the time from which the days are counted, in milliseconds
 */
export function toRequest(filter: AccountFilter, now: number): StaffUserFilter {
  const { search, role, active, verified, created, seen } = filter
  return {
    search: search || undefined,
    role: role === '' ? undefined : Number(role),
    is_active: active === '' ? undefined : active === 'true',
    email_verified: verified === '' ? undefined : verified === 'true',
    created_after: describeStart(created, now),
    ...(seen.startsWith('not-')
      ? { last_seen_before: describeStart(seen.slice('not-'.length), now) }
      : { last_seen_after: describeStart(seen, now) }),
  }
}

function describeStart(span: string, now: number): string | undefined {
  return span === '' ? undefined : new Date(now - Number.parseInt(span, 10) * DAY_MILLISECONDS).toISOString()
}

function isChoice(name: keyof AccountFilter, value: string): boolean {
  if (name === 'search') return true
  if (name === 'role') return /^(?:0|[1-9]\d{0,4})$/.test(value) && Number(value) <= ROLE_MAX
  return (CHOICES[name] as readonly string[]).includes(value)
}
