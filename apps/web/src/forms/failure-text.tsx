import { isLatchkeyError, LatchkeyError } from '@latchkey/client'
import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { findDeadline, useSecondsLeft } from './seconds-left.ts'

/** Shows a failure in one sentence, in the current language. A failure that says how long to wait counts down. */
export function showFailure(error: unknown): ReactNode {
  return <FailureText error={error} />
}

function FailureText({ error }: { error: unknown }): ReactNode {
  const { describeFailure } = useMessages()
  return isWait(error) ? countDown(error) : describeFailure(error)
}

/**
 * Shows the sentence of an alert.
 *
 * @param failure - the error that the sentence is about; any other value when no call has failed
 */
export function describeAlert(failure: unknown, sentence: string): ReactNode {
  return isWait(failure) ? countDown(failure) : sentence
}

interface Wait extends LatchkeyError {
  readonly retryAfterSeconds: number
}

function isWait(error: unknown): error is Wait {
  const waits = ['throttled', 'unavailable']
  return isLatchkeyError(error) && waits.includes(error.code) && error.retryAfterSeconds !== undefined
}

/** Each wait counts with a clock of its own: that of an earlier wait stands still since its end. */
function countDown(error: Wait): ReactNode {
  return <Countdown error={error} key={findDeadline(error, error.retryAfterSeconds)} />
}

/** Screen readers read the first sentence and the last one. The seconds between them are for the eyes alone. */
function Countdown({ error }: { error: Wait }) {
  const { t, describeFailure } = useMessages()
  const left = useSecondsLeft(findDeadline(error, error.retryAfterSeconds))
  if (left === 0) return t('throttle.over')
  const now = new LatchkeyError(error.code, error.message, { retryAfterSeconds: left })
  return (
    <>
      <span className="unseen">{describeFailure(error)}</span>
      <span aria-hidden="true" data-seconds-left={left}>
        {describeFailure(now)}
      </span>
    </>
  )
}
