import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { useCallback, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import { useLoaded } from '../connection/use-loaded.ts'
import { Alert, Loading } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { AccountActions } from './account-actions.tsx'
import { AccountEvents } from './account-events.tsx'
import { AccountSessions } from './account-sessions.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { describeRole } from './describe-role.ts'
import { type Me, whyOutOfReach } from './reach.ts'
import { SetRole } from './set-role.tsx'

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** One account of somebody else. */
export function AccountScreen({ id, me }: { id: string; me: Me }) {
  const client = useClient()
  const connection = useConnection()
  const account = useLoaded(useCallback(() => client.staff.users.get({ id }), [client, id]))
  return (
    <Screen heading="Account">
      {account.failure !== null && connection === 'online' && <Alert>{account.failure}</Alert>}
      {account.data === null && account.failure === null && <Loading />}
      {account.data && <Details account={account.data} />}
      {account.data && <Acts account={account.data} me={me} onChange={account.reload} />}
      <ul className="ways">
        <li>
          <Link to="/staff">All accounts</Link>
        </li>
      </ul>
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
  onChange: () => Promise<void>
}

/** What may be done to it; the server has the last word. */
function Acts({ account, me, onChange }: ActsProps) {
  // What was done to it ends sessions and leaves events: they are looked at anew.
  const [changes, setChanges] = useState(0)
  const [ends, setEnds] = useState(0)
  const reason = whyOutOfReach(me, account)
  if (reason !== null) return <p className="muted">{reason}</p>
  const change = async () => {
    await onChange()
    setChanges((count) => count + 1)
  }
  return (
    <>
      <AccountActions account={account} onChange={change} />
      {me.role === SUPERUSER_ROLE && <SetRole account={account} onChange={change} />}
      <AccountSessions key={`sessions ${changes}`} id={account.id} onEnd={() => setEnds(ends + 1)} />
      <AccountEvents key={`events ${changes} ${ends}`} id={account.id} />
      <DeleteAccount account={account} />
    </>
  )
}
