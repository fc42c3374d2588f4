import type { PendingEmailChange } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { type ReactNode, useRef, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import type { Loaded } from '../connection/use-loaded.ts'
import { showFailure } from '../forms/failure-text.tsx'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Alert, FailedPart, Messages } from '../layout/messages.tsx'

interface PendingChangeProps {
  loaded: Loaded<{ pending: PendingEmailChange | null }>
}

/** Shows the change of address that waits for its link, with a button that cancels it. It is the end of its screen. */
export function PendingChange({ loaded }: PendingChangeProps) {
  const { t } = useMessages()
  const connection = useConnection()
  const heading = useRef<HTMLHeadingElement>(null)
  const cancel = useCancel(async () => {
    await loaded.reload()
    // The pressed button is gone and had the focus.
    heading.current?.focus({ preventScroll: true })
  })
  const pending = loaded.data?.pending ?? null
  if (loaded.data === null && loaded.failure !== null && connection === 'online')
    return <FailedPart failure={loaded.failure} onRetry={loaded.retry} />
  if (pending === null && !cancel.isDone) return null
  return (
    <section aria-labelledby="pending-heading">
      <h2 id="pending-heading" ref={heading} tabIndex={-1}>
        {t('email.pending.heading')}
      </h2>
      {pending !== null && <Waiting pending={pending} onCancel={cancel.run} />}
      <Messages done={pending === null && t('email.pending.cancelled')}>
        {cancel.refusal !== null && <Alert>{cancel.refusal}</Alert>}
      </Messages>
    </section>
  )
}

function Waiting({ pending, onCancel }: { pending: PendingEmailChange; onCancel: () => void }) {
  const { t, formatTime } = useMessages()
  const { new_email: email, expires_at: expiresAt } = pending
  const time = (words: ReactNode) => <time dateTime={expiresAt}>{words}</time>
  return (
    <>
      <p>{t.rich('email.pending.text', { email, name: isolate, until: formatTime(expiresAt), time })}</p>
      <button type="button" className="quiet" onClick={onCancel}>
        {t('email.pending.cancel')}
      </button>
    </>
  )
}

/** Cancels the change, one call at a time. */
function useCancel(onDone: () => Promise<void>) {
  const client = useClient()
  const isRunning = useRef(false)
  const [state, setState] = useState<{ isDone: boolean; refusal: ReactNode }>({
    isDone: false,
    refusal: null,
  })
  async function run(): Promise<void> {
    if (isRunning.current) return
    isRunning.current = true
    try {
      await client.email.cancelChange()
      setState({ isDone: true, refusal: null })
      await onDone()
    } catch (error) {
      setState({ isDone: false, refusal: showFailure(error) })
    } finally {
      isRunning.current = false
    }
  }
  return { ...state, run }
}
