import { isolate } from '@latchkey/languages'
import { type ReactNode, useEffect, useRef } from 'react'
import { say } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'
import { useLocation } from '../routing/router.ts'
import { useBrandName } from '../session/portal.ts'
import { Icon, type IconName } from './icons.tsx'
import { Notice } from './messages.tsx'

interface ScreenProps {
  heading: string
  /** Whether the heading is a name that people chose. Its direction is its own. */
  isName?: boolean
  icon?: IconName
  /** Whether the screen replaces another screen at the same address. */
  takesFocus?: boolean
  children: ReactNode
}

/**
 * Shows the frame of a screen: the heading, the sentence from the screen before, and the content.
 *
 * After a change of page the focus moves to the heading: a screen reader notices no change without a page load.
 */
export function Screen({ heading, isName = false, icon, takesFocus = false, children }: ScreenProps) {
  const messages = useMessages()
  const { notice, index } = useLocation()
  const ref = useRef<HTMLHeadingElement>(null)
  const name = useBrandName()
  const title =
    name === '' ? heading : messages.t('app.title', { screen: isName ? isolate(heading) : heading, name })
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (index > 0 || takesFocus) ref.current?.focus()
  }, [index, takesFocus])
  return (
    <>
      {icon && <Icon name={icon} />}
      <h1 ref={ref} tabIndex={-1}>
        {isName ? <bdi>{heading}</bdi> : heading}
      </h1>
      <Notice>{say(notice, messages)}</Notice>
      {children}
    </>
  )
}
