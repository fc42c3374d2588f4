import type { ReactNode } from 'react'
import { Room } from './room.tsx'

interface AlertProps {
  children: ReactNode
  /** Whether the alert is about a form, which moves the focus to it. */
  isFormAlert?: boolean
}

/** Shows a failure. Screen readers read it out at once. */
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

/** Shows a success. The live region is rendered before its sentence, so that screen readers read it out. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="done" role="status">
      {children}
    </div>
  )
}

/** The longest sentence that describeFailure returns. Every act can fail with it. */
export const LONGEST_FAILURE =
  'This page was opened at an address that the server does not know. Open it at its own address.'

interface MessagesProps {
  /** The sentence of a success. */
  done?: ReactNode
  /** The longest message that may appear; the longest failure unless given. */
  fits?: string
  /** An {@link Alert} with the failure, and any other message. */
  children?: ReactNode
}

/** Shows the answer to an act on the page. Its room is kept, so that the page stays still when the answer appears. */
export function Messages({ done, fits = LONGEST_FAILURE, children }: MessagesProps) {
  return (
    <Room fits={fits} className="messages">
      <Notice>{done}</Notice>
      {children}
    </Room>
  )
}

/** Shows that a load is running. It appears only after a short delay. */
export function Loading() {
  return (
    <p className="loading" role="status">
      Loading…
    </p>
  )
}
