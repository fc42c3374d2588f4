import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { type ReactNode, useCallback } from 'react'
import { useLoaded } from '../connection/use-loaded.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { AccountActions } from './account-actions.tsx'
import { AccountEvents, useAccountEvents } from './account-events.tsx'
import { AccountSessions, useAccountSessions } from './account-sessions.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { describeRole } from './describe-role.ts'
import { type Me, whyOutOfReach } from './reach.ts'
import { SetRole } from './set-role.tsx'

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** Shows another user to staff. */
export function AccountScreen({ id, me }: { id: string; me: Me }) {
  const client = useClient()
  const account = useLoaded(useCallback(() => client.staff.users.get({ id }), [client, id]))
  return (
    <Screen heading="Account">
      <p>
        <Link to="/staff">All accounts</Link>
      </p>
      <Loaded data={account.data} failure={account.failure}>
        {(data) => (
          <>
            <Details account={data} />
            <Acts account={data} me={me} failure={account.failure} onChange={account.reload} />
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function Details({ account }: { account: StaffAccount }) {
  const name = `${account.first_name} ${account.last_name}`.trim()
  return (
    <dl className="facts">
      <dt>E-mail address</dt>
      <dd>
        <bdi>{account.email}</bdi>
        <span className="muted">{account.email_verified ? 'confirmed' : 'not confirmed'}</span>
      </dd>
      <dt>Name</dt>
      <dd>{name || <span className="muted">none given</span>}</dd>
      <dt>Role</dt>
      <dd>{describeRole(account.role)}</dd>
      <dt>State</dt>
      <dd>{account.is_active ? 'active' : 'deactivated'}</dd>
      <dt>Created</dt>
      <dd>
        <time dateTime={account.created_at}>{days.format(new Date(account.created_at))}</time>
      </dd>
    </dl>
  )
}

interface ActsProps {
  account: StaffAccount
  me: Me
  failure: ReactNode
  onChange: () => Promise<void>
}

/** Shows the acts that the role allows. The server checks each act again. */
function Acts({ me, ...props }: ActsProps) {
  const reason = whyOutOfReach(me, props.account)
  return reason === null ? (
    <Reachable isSuperuser={me.role === SUPERUSER_ROLE} {...props} />
  ) : (
    <p className="muted">{reason}</p>
  )
}

/** Shows the acts, the sessions and the events. The list of events comes last, because it grows. */
function Reachable({
  account,
  isSuperuser,
  failure,
  onChange,
}: Omit<ActsProps, 'me'> & { isSuperuser: boolean }) {
  const sessions = useAccountSessions(account.id)
  const events = useAccountEvents(account.id)
  // An act on the user may end sessions and adds events, so both are loaded again.
  const lookAgain = async () => {
    await Promise.all([sessions.reload(), events.reload()])
  }
  const change = async () => {
    await onChange()
    await lookAgain()
  }
  return (
    <>
      <AccountActions account={account} failure={failure} onChange={change} />
      {isSuperuser && <SetRole account={account} onChange={change} />}
      <DeleteAccount account={account} />
      <AccountSessions id={account.id} loaded={sessions} onEnd={lookAgain} />
      <AccountEvents pages={events} />
    </>
  )
}
