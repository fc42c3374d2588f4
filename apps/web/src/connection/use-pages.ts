import { type ReactNode, useCallback, useState } from 'react'
import { showFailure } from '../forms/failure-text.tsx'
import { useLoaded } from './use-loaded.ts'

/** One page of a list, with the cursor of the next page. */
export interface Page<Item> {
  items: Item[]
  /** Null on the last page. */
  next_cursor: string | null
}

/** A list that is loaded page by page. */
export interface Pages<Item> {
  /** Null until the first page is loaded. */
  items: Item[] | null
  /** Whether the items are those of an earlier question, while those of the present one are being loaded. */
  isOutdated: boolean
  hasMore: boolean
  isLoadingMore: boolean
  /** The sentence of a failed load; null without a failure. */
  failure: ReactNode
  loadMore(): Promise<void>
  /** Starts again at the first page. */
  reload(): Promise<void>
  /** Repeats the failed load of the first page; null where `loadMore` repeats what failed. */
  retry: (() => Promise<void>) | null
}

interface Later<Item> extends Page<Item> {
  isLoading: boolean
  failure: ReactNode
}

/**
 * Loads a list page by page.
 *
 * @param load - gets the cursor, which is undefined for the first page; must be the same function between renders
 */
export function usePages<Item>(load: (cursor: string | undefined) => Promise<Page<Item>>): Pages<Item> {
  const first = useLoaded(useCallback(() => load(undefined), [load]))
  // Later pages are kept only for the first page that they were loaded after.
  const [kept, setKept] = useState<{ behind: Page<Item> | null; later: Later<Item> } | null>(null)
  const later = kept && kept.behind === first.data ? kept.later : startBehind(first.data)

  async function loadMore(): Promise<void> {
    if (later.next_cursor === null || later.isLoading) return
    const keep = (next: Partial<Later<Item>>) =>
      setKept({ behind: first.data, later: { ...later, failure: null, isLoading: false, ...next } })
    keep({ isLoading: true })
    await load(later.next_cursor).then(
      ({ items, next_cursor }) => keep({ items: [...later.items, ...items], next_cursor }),
      (error: unknown) => keep({ failure: showFailure(error) }),
    )
  }

  return {
    items: first.data && [...first.data.items, ...later.items],
    isOutdated: first.isOutdated,
    hasMore: !first.isOutdated && later.next_cursor !== null,
    isLoadingMore: later.isLoading,
    failure: first.failure ?? later.failure,
    loadMore,
    reload: first.reload,
    retry: first.failure === null ? null : first.retry,
  }
}

function startBehind<Item>(first: Page<Item> | null): Later<Item> {
  return { items: [], next_cursor: first?.next_cursor ?? null, isLoading: false, failure: null }
}
