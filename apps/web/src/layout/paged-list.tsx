import { type ReactNode, useEffect, useRef } from 'react'
import { useConnection } from '../connection/connection.ts'
import type { Pages } from '../connection/use-pages.ts'
import { Alert, Loading } from './messages.tsx'

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

/** A list with the button that brings more of it; what it brings takes the focus, for the button may be gone then. */
export function PagedList<Item extends { id: string }>(props: PagedListProps<Item>) {
  const { pages, label, empty, isResult, render } = props
  const { items, failure, hasMore, isLoadingMore } = pages
  const connection = useConnection()
  const list = useRef<HTMLUListElement>(null)
  const focusAt = useRef<number | null>(null)
  const count = items?.length ?? 0
  useEffect(() => {
    const index = focusAt.current
    if (index === null || index >= count) return
    focusAt.current = null
    const item = list.current?.children[index]
    if (item instanceof HTMLElement) item.focus()
  }, [count])
  const loadMore = () => {
    focusAt.current = count
    return pages.loadMore()
  }
  return (
    <>
      {items === null && failure === null && <Loading />}
      <p role={isResult ? 'status' : undefined} className={count === 0 ? 'muted' : 'unseen'}>
        {items && (count === 0 ? empty : `${count} shown`)}
      </p>
      <ul className="rows" ref={list} aria-label={label}>
        {items?.map((item) => (
          <li key={item.id} tabIndex={-1}>
            {render(item)}
          </li>
        ))}
      </ul>
      {failure !== null && connection === 'online' && <Alert>{failure}</Alert>}
      {hasMore && (
        <button type="button" className="quiet" onClick={loadMore} aria-disabled={isLoadingMore}>
          {isLoadingMore ? 'Loading…' : 'Show more'} <span className="unseen">{label.toLowerCase()}</span>
        </button>
      )}
    </>
  )
}
