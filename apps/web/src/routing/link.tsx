import type { MouseEvent, ReactNode } from 'react'
import { navigate, type RouteState, toHref } from './router.ts'

interface LinkProps {
  to: string
  children: ReactNode
  className?: string
  state?: RouteState
  /** Whether the link leads to the current page. */
  isCurrent?: boolean
}

/** Shows a link to a page of the portal. With a modifier key the browser handles the click. */
export function Link({ to, children, className, state, isCurrent }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(to, { state })
  }
  return (
    <a href={toHref(to)} className={className} onClick={follow} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </a>
  )
}
