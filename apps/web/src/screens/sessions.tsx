import { isLatchkeyError, type LatchkeyClient, type SessionInfo } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useRef, useState } from 'react'
import { useLoaded } from '../connection/use-loaded.ts'
import { describeFailure } from '../forms/describe-failure.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Alert, Messages } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSignOut } from '../session/guards.tsx'
import { describeDevice } from './describe-device.ts'
import { SessionItem } from './session-item.tsx'
import { useSessionRows } from './session-rows.ts'

/** Lists the sessions of the signed-in user, with buttons that end them. */
export function SessionsScreen() {
  const client = useClient()
  const signOut = useSignOut()
  const { data, failure, reload } = useLoaded(client.sessions.list)
  const rows = useSessionRows(data?.sessions ?? null)
  const list = useRef<HTMLUListElement>(null)
  const [done, setDone] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)

  async function end(sessions: SessionInfo[], sentence: string): Promise<void> {
    const ended = await Promise.allSettled(sessions.map(({ id }) => revoke(client, id)))
    const failed = ended.find((result) => result.status === 'rejected')
    setRefusal(failed ? describeFailure(failed.reason) : null)
    setDone(failed ? '' : sentence)
    await reload()
    // The pressed button is gone and had the focus. `preventScroll` keeps the rows under the pointer.
    list.current?.focus({ preventScroll: true })
  }

  const others = rows.filter((row) => !row.hasEnded && !row.session.current).map(({ session }) => session)
  const endOne = (session: SessionInfo) =>
    session.current ? signOut() : end([session], `${describeDevice(session)} is signed out.`)
  return (
    <Screen heading="Your devices">
      <p className="muted">
        Where you are signed in. Sign out what you do not know, and change your password then.
      </p>
      <Loaded data={data} failure={failure}>
        {() => (
          <>
            <Messages done={done}>{refusal !== null && <Alert>{refusal}</Alert>}</Messages>
            <ul className="rows sessions" ref={list} tabIndex={-1} aria-label="Devices">
              {rows.map((row) => (
                <SessionItem key={row.session.id} row={row} onEnd={() => endOne(row.session)} />
              ))}
            </ul>
            {others.length > 0 && (
              <button
                type="button"
                className="quiet"
                onClick={() => end(others, 'All other devices are signed out.')}
              >
                Sign out all other devices
              </button>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

/** Ends a session. It counts as a success when the session has ended already. */
async function revoke(client: LatchkeyClient, id: string): Promise<void> {
  try {
    await client.sessions.revoke({ id })
  } catch (error) {
    if (!isLatchkeyError(error) || error.code !== 'not_found') throw error
  }
}
