import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import type { Pages } from '../connection/use-pages.ts'
import { useMessages } from '../languages/language-store.ts'
import { FailedPart, Loading } from './messages.tsx'
import { Label } from './room.tsx'

interface PagedListProps<Item extends { id: string }> {
  pages: Pages<Item>
  /** The name of the list, for screen readers. */
  label: string
  /** The sentence of an empty list. */
  empty: string
  /** Whether the list is the result of a search. Screen readers read out its length. */
  isResult?: boolean
  /** Renders the content of one item. */
  render: (item: Item) => ReactNode
}

/**
 * Shows a list, with a button that loads its next page.
 *
 * The first new item takes the focus, because the button is gone after the last page. The list must be the last
 * element of its screen, because it grows.
 */
export function PagedList<Item extends { id: string }>(props: PagedListProps<Item>) {
  const { pages, label, empty, isResult, render } = props
  const { items, isOutdated, failure, hasMore } = pages
  const { t } = useMessages()
  const connection = useConnection()
  const list = useRef<HTMLUListElement>(null)
  const goTo = useRef<{ index: number; preventScroll: boolean } | null>(null)
  // The indexes at which later pages begin. Each page begins below the button that loaded it.
  const [starts, setStarts] = useState<readonly number[]>([])
  const count = items?.length ?? 0
  useEffect(() => {
    if (goTo.current === null || goTo.current.index >= count) return
    const { index, ...options } = goTo.current
    goTo.current = null
    const item = list.current?.children[index]
    if (item instanceof HTMLElement) item.focus(options)
  }, [count])
  const loadMore = (event: MouseEvent) => {
    // `detail` is 0 for the keyboard. After a click of a pointer the page must not scroll.
    goTo.current = { index: count, preventScroll: event.detail > 0 }
    setStarts([...starts, count])
    return pages.loadMore()
  }
  return (
    <>
      {items === null && failure === null && <Loading />}
      <p role={isResult ? 'status' : undefined} className={count === 0 ? 'muted' : 'unseen'}>
        {isOutdated && items ? t('loading') : items && (count === 0 ? empty : t('list.shown', { count }))}
      </p>
      <ul className="rows" ref={list} aria-label={label} aria-busy={isOutdated && items !== null}>
        {items?.map((item, index) => (
          <li key={item.id} tabIndex={-1} className={starts.includes(index) ? 'later' : undefined}>
            {render(item)}
          </li>
        ))}
      </ul>
      {hasMore && <ShowMore list={label} isLoading={pages.isLoadingMore} onPress={loadMore} />}
      {failure !== null && connection === 'online' && <FailedPart failure={failure} onRetry={pages.retry} />}
    </>
  )
}

interface ShowMoreProps {
  /** The name of the list. */
  list: string
  isLoading: boolean
  onPress(event: MouseEvent): void
}

function ShowMore({ list, isLoading, onPress }: ShowMoreProps) {
  const { t } = useMessages()
  const [more, loading] = [t('list.loadMore'), t('loading')]
  const labels = isLoading ? { says: loading, or: more } : { says: more, or: loading }
  return (
    <button
      type="button"
      className="quiet"
      onClick={onPress}
      aria-disabled={isLoading}
      aria-label={isLoading ? undefined : t('list.loadMoreOf', { list })}
    >
      <Label {...labels} />
    </button>
  )
}
