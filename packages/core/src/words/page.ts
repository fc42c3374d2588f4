import type { PageRequest } from '@latchkey/contract/page-request'

export type { PageRequest }

/** A page of a list whose order is that of its ids; what is added meanwhile neither repeats nor hides an item. */
export interface Page<Item> {
  items: Item[]
  /** Leads to the next page; null at the end. */
  nextCursor: string | null
}

/** Makes a page of rows that were read with one more than the limit. */
export function cutPage<Item extends { id: string }>(rows: Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
