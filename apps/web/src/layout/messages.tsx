import type { ReactNode } from 'react'
import { Room } from './room.tsx'

interface AlertProps {
  children: ReactNode
  /** Whether it tells of a form, which leads the focus to it. */
  isFormAlert?: boolean
}

/** Says at once what did not work. */
export function Alert({ children, isFormAlert }: AlertProps) {
  return (
    <div
      className="errors"
      role="alert"
      tabIndex={isFormAlert ? -1 : undefined}
      data-form-alert={isFormAlert}
    >
      {children}
    </div>
  )
}

/** Says what worked; the region is there before its sentence, so that it is read out. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="done" role="status">
      {children}
    </div>
  )
}

/** The longest of the sentences in describe-failure.ts: any act may end in it. */
export const LONGEST_FAILURE =
  'This page was opened under an address the server does not know. Use its own address.'

interface MessagesProps {
  /** What worked. */
  done?: ReactNode
  /** The longest message of all, where that is none of the failures. */
  fits?: string
  /** What did not work, as an {@link Alert}, and what there is to say otherwise. */
  children?: ReactNode
}

/** Where an act on the page is answered: its room is kept, so that the answer moves nothing. */
export function Messages({ done, fits = LONGEST_FAILURE, children }: MessagesProps) {
  return (
    <Room fits={fits} className="messages">
      <Notice>{done}</Notice>
      {children}
    </Room>
  )
}

/** Says that something is under way; shown only if it takes a moment. */
export function Loading() {
  return (
    <p className="loading" role="status">
      Loading…
    </p>
  )
}
