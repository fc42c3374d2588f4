import type { StaffAccount, StaffUserFilter } from '@latchkey/client'
import type { Page } from '../connection/use-pages.ts'

const LIMIT = 25
/** A page of the server may be short while more accounts follow. More calls than these need a press of the user. */
const MAX_CALLS = 5

type List = (filter: StaffUserFilter) => Promise<{ users: StaffAccount[]; next_cursor: string | null }>

/** Loads accounts until a page is full, until no account is left, or until the server was called five times. */
export async function loadAccounts(
  list: List,
  filter: StaffUserFilter,
  from: string | undefined,
): Promise<Page<StaffAccount>> {
  const items: StaffAccount[] = []
  let cursor: string | null = from ?? null
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const page = await list({ ...filter, cursor: cursor ?? undefined, limit: LIMIT - items.length })
    items.push(...page.users)
    cursor = page.next_cursor
    if (cursor === null || items.length === LIMIT) break
  }
  return { items, next_cursor: cursor }
}
