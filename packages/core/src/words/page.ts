import type { PageRequest } from '@latchkey/contract/page-request'

export type { PageRequest }

/** A page of a list in the order of ids. Items that are added in the meantime neither repeat nor hide another item. */
export interface Page<Item> {
  items: Item[]
  /** The cursor of the next page; null at the end. */
  nextCursor: string | null
}

/** Makes a page from rows of which one more than the limit was read. */
export function cutPage<Item extends { id: string }>(rows: Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
