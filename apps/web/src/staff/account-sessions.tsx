import type { SessionInfo } from '@latchkey/client'
import { useCallback, useRef } from 'react'
import { type Loaded, useLoaded } from '../connection/use-loaded.ts'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Alert, FailedPart, Messages } from '../layout/messages.tsx'
import { describeDevice } from '../screens/describe-device.ts'
import { SessionItem } from '../screens/session-item.tsx'
import { useSessionRows } from '../screens/session-rows.ts'
import { ignoreGone } from '../session/ignore-gone.ts'
import { useStaff } from './use-staff.ts'

interface Sessions {
  sessions: SessionInfo[]
}

/** Loads the sessions of a user. */
export function useAccountSessions(id: string): Loaded<Sessions> {
  const { sessions } = useStaff()
  return useLoaded(useCallback(() => sessions.list({ id }), [sessions, id]))
}

interface AccountSessionsProps {
  id: string
  loaded: Loaded<Sessions>
  onEnd: () => Promise<void>
}

/** Lists the sessions of a user, with buttons that end them. */
export function AccountSessions({ id, loaded, onEnd }: AccountSessionsProps) {
  const { sessions } = useStaff()
  const { t } = useMessages()
  const rows = useSessionRows(loaded.data?.sessions ?? null)
  const list = useRef<HTMLUListElement>(null)
  const { done, refusal, act, dialog, ask } = useAskedAct(async () => {
    await onEnd()
    // The pressed button is gone and had the focus. `preventScroll` keeps the rows under the pointer.
    list.current?.focus({ preventScroll: true })
  })
  const endOne = (session: SessionInfo) =>
    act(
      () => sessions.end({ id, session_id: session.id }).catch(ignoreGone),
      (now) => now.t.rich('sessions.oneDone', { device: describeDevice(session, now.t), name: isolate }),
    )
  const isMissing = loaded.data === null && loaded.failure !== null
  const problem = refusal ?? (isMissing ? null : loaded.failure)
  const count = rows.filter(({ hasEnded }) => !hasEnded).length
  return (
    <section aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">{t('sessions.list')}</h2>
      <Messages done={done}>{problem !== null && <Alert>{problem}</Alert>}</Messages>
      {isMissing && <FailedPart failure={loaded.failure} onRetry={loaded.retry} />}
      <ul className="rows sessions" ref={list} tabIndex={-1} aria-labelledby="sessions-heading">
        {rows.map((row) => (
          <SessionItem key={row.session.id} row={row} heading="h3" onEnd={() => endOne(row.session)} />
        ))}
      </ul>
      <div className="stack">
        {loaded.data !== null && count === 0 && <p className="muted">{t('staff.sessions.none')}</p>}
        {rows.length > 1 && (
          <button type="button" className={count > 1 ? 'quiet' : 'quiet away'} onClick={ask}>
            {t('staff.sessions.endAll.open')}
          </button>
        )}
      </div>
      <ConfirmDialog
        dialog={dialog}
        heading={t('staff.sessions.endAll.heading')}
        text={t('staff.sessions.endAll.text')}
        action={t('staff.sessions.endAll.action')}
        keep={t('staff.sessions.endAll.keep')}
        refusal={refusal}
        onConfirm={() =>
          act(
            () => sessions.endAll({ id }),
            (now) => now.t('staff.sessions.endAll.done'),
          )
        }
      />
    </section>
  )
}
