import type { ReactNode } from 'react'

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

/** Says that something is under way; shown only if it takes a moment. */
export function Loading() {
  return (
    <p className="loading" role="status">
      Loading…
    </p>
  )
}
