import type { ReactNode } from 'react'
import { useLongest } from '../forms/longest.ts'
import { useMessages } from '../languages/language-store.ts'
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

interface MessagesProps {
  /** The sentence of a success. */
  done?: ReactNode
  /** The longest message that may appear; the longest failure unless given. */
  fits?: string
  /** An {@link Alert} with the failure, and any other message. */
  children?: ReactNode
}

/** Shows the answer to an act on the page. Its room is kept, so that the page stays still when the answer appears. */
export function Messages({ done, fits, children }: MessagesProps) {
  const longest = useLongest()
  return (
    <Room fits={fits ?? longest.failure} className="messages">
      <Notice>{done}</Notice>
      {children}
    </Room>
  )
}

interface AnsweredHintProps {
  /** The sentence of a failure; null without a failure. */
  refusal: ReactNode
  /** Whether the failure is that of a form, which moves the focus to it. */
  isFormAlert?: boolean
  children: ReactNode
}

/** Shows what an act is about. A failure takes the place of the hint, so that the page needs the room of one of them. */
export function AnsweredHint({ refusal, isFormAlert, children }: AnsweredHintProps) {
  return (
    <Messages>
      {refusal !== null && <Alert isFormAlert={isFormAlert}>{refusal}</Alert>}
      <div className="resting">{children}</div>
    </Messages>
  )
}

/** Shows that a part of a screen is being loaded. It appears only after a short delay. */
export function Loading() {
  const { t } = useMessages()
  return (
    <p className="loading" role="status">
      {t('loading')}
    </p>
  )
}

/** Shows that it is unknown so far which screen is shown. It looks like {@link Loading}, and a page needs a heading. */
export function LoadingScreen() {
  const { t } = useMessages()
  return (
    <div className="loading" role="status">
      <h1>{t('loading')}</h1>
    </div>
  )
}

interface FailedPartProps {
  /** The sentence of the failure. */
  failure: ReactNode
  /** Loads the part again; null where another button does it. */
  onRetry?: (() => void) | null
}

/** Shows in the place of a part of the page that it could not be loaded, with a button that loads it again. */
export function FailedPart({ failure, onRetry }: FailedPartProps) {
  const { t } = useMessages()
  return (
    <>
      <Alert>{failure}</Alert>
      {onRetry && (
        <button type="button" className="quiet retry" onClick={onRetry}>
          {t('action.tryAgain')}
        </button>
      )}
    </>
  )
}
