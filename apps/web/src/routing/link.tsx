import type { MouseEvent, ReactNode } from 'react'
import { navigate, type RouteState, toHref } from './router.ts'

interface LinkProps {
  to: string
  children: ReactNode
  className?: string
  state?: RouteState
  /** Marks the page that is shown already. */
  isCurrent?: boolean
}

/** A link to a page of the portal; with a modifier key the browser opens it as any other. */
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
