import type { SessionInfo } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useCallback, useRef } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import { Alert, Notice } from '../layout/messages.tsx'
import { describeDevice } from '../screens/describe-device.ts'
import { SessionItem } from '../screens/session-item.tsx'
import { useAct } from './use-act.ts'

/** Where the owner of an account is signed in, and what ends that. */
export function AccountSessions({ id, onEnd }: { id: string; onEnd: () => void }) {
  const { sessions } = useClient().staff
  const connection = useConnection()
  const { data, failure, reload } = useLoaded(useCallback(() => sessions.list({ id }), [sessions, id]))
  const list = useRef<HTMLUListElement>(null)
  const { done, refusal, act } = useAct(async () => {
    await reload()
    onEnd()
    // The button that was pressed is gone, and the focus with it.
    list.current?.focus()
  })
  const endOne = (session: SessionInfo) =>
    act(() => sessions.end({ id, session_id: session.id }), `${describeDevice(session)} is signed out.`)
  const problem = refusal ?? (connection === 'online' ? failure : null)
  return (
    <section aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">Devices</h2>
      <Notice>{done}</Notice>
      {problem !== null && <Alert>{problem}</Alert>}
      {data?.sessions.length === 0 && <p className="muted">Signed in nowhere.</p>}
      <ul className="rows sessions" ref={list} tabIndex={-1} aria-labelledby="sessions-heading">
        {data?.sessions.map((session) => (
          <SessionItem key={session.id} session={session} heading="h3" onEnd={() => endOne(session)} />
        ))}
      </ul>
      {(data?.sessions.length ?? 0) > 1 && (
        <button
          type="button"
          className="quiet"
          onClick={() => act(() => sessions.endAll({ id }), 'Every device is signed out.')}
        >
          Sign out every device
        </button>
      )}
    </section>
  )
}
