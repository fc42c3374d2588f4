import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from '../routing/router.ts'
import { Icon, type IconName } from './icons.tsx'
import { Notice } from './messages.tsx'

interface ScreenProps {
  heading: string
  icon?: IconName
  /** Whether it replaces another one without a change of address. */
  takesFocus?: boolean
  children: ReactNode
}

/**
 * What every screen is: a heading, the sentence that was brought along, and what there is to do.
 *
 * On a change of page the focus goes to the heading: without a page load a screen reader would not notice.
 */
export function Screen({ heading, icon, takesFocus = false, children }: ScreenProps) {
  const { notice, index } = useLocation()
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${heading} · Latchkey`
  }, [heading])
  useEffect(() => {
    if (index > 0 || takesFocus) ref.current?.focus()
  }, [index, takesFocus])
  return (
    <>
      {icon && <Icon name={icon} />}
      <h1 ref={ref} tabIndex={-1}>
        {heading}
      </h1>
      <Notice>{notice}</Notice>
      {children}
    </>
  )
}
