import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import type { Pages } from '../connection/use-pages.ts'
import { Alert, Loading } from './messages.tsx'
import { Label } from './room.tsx'

const MORE_LABEL = { says: 'Show more', or: 'Loading…' }
const LOADING_LABEL = { says: 'Loading…', or: 'Show more' }

interface PagedListProps<Item extends { id: string }> {
  pages: Pages<Item>
  /** What is listed, for a screen reader. */
  label: string
  /** What to say when there is nothing. */
  empty: string
  /** Whether it answers a search, whose outcome is read out. */
  isResult?: boolean
  /** Draws the content of one item. */
  render: (item: Item) => ReactNode
}

/**
 * A list with the button that brings more of it; what it brings takes the focus, for the button may be gone then.
 *
 * It comes last on its screen: it grows.
 */
export function PagedList<Item extends { id: string }>(props: PagedListProps<Item>) {
  const { pages, label, empty, isResult, render } = props
  const { items, failure, hasMore, isLoadingMore } = pages
  const connection = useConnection()
  const list = useRef<HTMLUListElement>(null)
  const goTo = useRef<{ index: number; preventScroll: boolean } | null>(null)
  // Where later pages begin: below the place of the button that brought them.
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
    // A press of the keyboard counts no clicks. Under a pointer nothing is scrolled.
    goTo.current = { index: count, preventScroll: event.detail > 0 }
    setStarts([...starts, count])
    return pages.loadMore()
  }
  return (
    <>
      {items === null && failure === null && <Loading />}
      <p role={isResult ? 'status' : undefined} className={count === 0 ? 'muted' : 'unseen'}>
        {items && (count === 0 ? empty : `${count} shown`)}
      </p>
      <ul className="rows" ref={list} aria-label={label}>
        {items?.map((item, index) => (
          <li key={item.id} tabIndex={-1} className={starts.includes(index) ? 'later' : undefined}>
            {render(item)}
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" className="quiet" onClick={loadMore} aria-disabled={isLoadingMore}>
          <Label {...(isLoadingMore ? LOADING_LABEL : MORE_LABEL)} />{' '}
          <span className="unseen">{label.toLowerCase()}</span>
        </button>
      )}
      {failure !== null && connection === 'online' && <Alert>{failure}</Alert>}
    </>
  )
}
