import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import type { ReactNode } from 'react'
import { Alert, Messages } from '../layout/messages.tsx'
import { Label } from '../layout/room.tsx'
import { useSettings } from '../session/portal.ts'
import { useAct } from './use-act.ts'

interface AccountActionsProps {
  account: StaffAccount
  /** The sentence of a failed reload of the user. */
  failure: ReactNode
  onChange: () => Promise<void>
}

/** Deactivates or reactivates a user. */
export function AccountActions({ account, failure, onChange }: AccountActionsProps) {
  const { users } = useClient().staff
  const { sendsMail } = useSettings()
  const { done, refusal, act } = useAct(onChange)
  const { id, email, is_active: isActive } = account
  const toggle = () =>
    isActive
      ? act(() => users.deactivate({ id }), 'The account is deactivated, and signed out everywhere.')
      : act(() => users.reactivate({ id }), 'The account is active again; its owner may sign in.')
  const sendReset = () => act(() => users.sendReset({ id }), `A mail to ${email} is on its way.`)
  const problem = refusal ?? failure
  return (
    <>
      <div className="actions">
        <button type="button" className="quiet" onClick={toggle}>
          <Label says={isActive ? 'Deactivate' : 'Reactivate'} or={isActive ? 'Reactivate' : 'Deactivate'} />
        </button>
        {sendsMail && (
          <button type="button" className={isActive ? 'quiet' : 'quiet away'} onClick={sendReset}>
            Send a link for a new password
          </button>
        )}
      </div>
      <Messages done={done}>{problem !== null && <Alert>{problem}</Alert>}</Messages>
    </>
  )
}
