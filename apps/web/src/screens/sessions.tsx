import type { SessionInfo } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { type ReactNode, useRef, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import { showFailure } from '../forms/failure-text.tsx'
import { type Sentence, say } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Alert, FailedPart, Messages } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useSignOut } from '../session/guards.tsx'
import { ignoreGone } from '../session/ignore-gone.ts'
import { describeDevice } from './describe-device.ts'
import { SessionItem } from './session-item.tsx'
import { useSessionRows } from './session-rows.ts'

/** Lists the sessions of the signed-in user, with buttons that end them. */
export function SessionsScreen() {
  const client = useClient()
  const messages = useMessages()
  const { t } = messages
  const signOut = useSignOut()
  const connection = useConnection()
  const { data, failure, reload, retry } = useLoaded(client.sessions.list)
  const rows = useSessionRows(data?.sessions ?? null)
  const list = useRef<HTMLUListElement>(null)
  const [done, setDone] = useState<{ sentence: Sentence }>({ sentence: null })
  const [refusal, setRefusal] = useState<ReactNode>(null)

  async function end(sessions: SessionInfo[], sentence: Sentence): Promise<void> {
    const ended = await Promise.allSettled(
      sessions.map(({ id }) => client.sessions.revoke({ id }).catch(ignoreGone)),
    )
    const failed = ended.find((result) => result.status === 'rejected')
    setRefusal(failed ? showFailure(failed.reason) : null)
    setDone({ sentence: failed ? null : sentence })
    await reload()
    // The pressed button is gone and had the focus. `preventScroll` keeps the rows under the pointer.
    list.current?.focus({ preventScroll: true })
  }

  const others = rows.filter((row) => !row.hasEnded && !row.session.current).map(({ session }) => session)
  const endOne = (session: SessionInfo) =>
    session.current
      ? signOut()
      : end([session], (now) =>
          now.t.rich('sessions.oneDone', { device: describeDevice(session, now.t), name: isolate }),
        )
  return (
    <Screen heading={t('sessions.heading')}>
      <p className="muted">
        {t.rich('sessions.text', { link: (words) => <Link to="/password">{words}</Link> })}
      </p>
      <Loaded data={data} failure={failure} retry={retry}>
        {() => (
          <>
            <Messages done={say(done.sentence, messages)}>
              {refusal !== null && <Alert>{refusal}</Alert>}
            </Messages>
            <ul className="rows sessions" ref={list} tabIndex={-1} aria-label={t('sessions.list')}>
              {rows.map((row) => (
                <SessionItem key={row.session.id} row={row} onEnd={() => endOne(row.session)} />
              ))}
            </ul>
            {others.length > 0 && (
              <button
                type="button"
                className="quiet"
                onClick={() => end(others, (now) => now.t('sessions.allDone'))}
              >
                {t('sessions.signOutOthers')}
              </button>
            )}
            {failure !== null && connection === 'online' && <FailedPart failure={failure} onRetry={retry} />}
          </>
        )}
      </Loaded>
    </Screen>
  )
}
