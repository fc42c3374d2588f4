import type { StaffAccount } from '@latchkey/client'
import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { type ReactNode, useCallback } from 'react'
import { useLoaded } from '../connection/use-loaded.ts'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useSettings } from '../session/portal.ts'
import { AccountActions } from './account-actions.tsx'
import { AccountEvents, useAccountEvents } from './account-events.tsx'
import { AccountFacts } from './account-facts.tsx'
import { AccountSessions, useAccountSessions } from './account-sessions.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { type Me, whyOutOfReach } from './reach.ts'
import { readName } from './read-name.ts'
import { ResetFactors } from './reset-factors.tsx'
import { SetRole } from './set-role.tsx'
import { useStaff } from './use-staff.ts'

/** Shows another user to staff. The heading is the person: the name, or else the address. */
export function AccountScreen({ id, me }: { id: string; me: Me }) {
  const { users } = useStaff()
  const { t } = useMessages()
  const account = useLoaded(useCallback(() => users.get({ id }), [users, id]))
  const person = account.data && (readName(account.data) || account.data.email)
  return (
    <Screen heading={person ?? t('staff.account.heading')} isName={person !== null}>
      <Loaded {...account}>
        {(data) => (
          <>
            <AccountFacts account={data} />
            <Acts account={data} me={me} failure={account.failure} onChange={account.reload} />
          </>
        )}
      </Loaded>
    </Screen>
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
  const { t } = useMessages()
  const reason = whyOutOfReach(me, props.account)
  if (reason === null) return <Reachable isSuperuser={me.role === SUPERUSER_ROLE} {...props} />
  return (
    <p className="muted">
      {reason === 'own'
        ? t.rich('staff.reach.own', { link: (words) => <Link to="/">{words}</Link> })
        : t('staff.reach.staff')}
    </p>
  )
}

/** Shows the acts, the sessions and the events. The list of events comes last, because it grows. */
function Reachable({
  account,
  isSuperuser,
  failure,
  onChange,
}: Omit<ActsProps, 'me'> & { isSuperuser: boolean }) {
  const { mfaMode, passkeysEnabled, sendsMail } = useSettings()
  // Without mail the password stays, so superusers alone may do it.
  const hasFactors = (mfaMode !== 'disabled' || passkeysEnabled) && (sendsMail || isSuperuser)
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
      {hasFactors && <ResetFactors account={account} onChange={change} />}
      <DeleteAccount account={account} />
      <AccountSessions id={account.id} loaded={sessions} onEnd={lookAgain} />
      <AccountEvents pages={events} />
    </>
  )
}
