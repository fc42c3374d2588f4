import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { Alert, Notice } from '../layout/messages.tsx'
import { useSettings } from '../session/portal.ts'
import { useAct } from './use-act.ts'

interface AccountActionsProps {
  account: StaffAccount
  onChange: () => Promise<void>
}

/** Keeps the owner of an account out or lets them in again. */
export function AccountActions({ account, onChange }: AccountActionsProps) {
  const { users } = useClient().staff
  const { sendsMail } = useSettings()
  const { done, refusal, act } = useAct(onChange)
  const { id, email, is_active: isActive } = account
  const toggle = () =>
    isActive
      ? act(() => users.deactivate({ id }), 'The account is deactivated, and signed out everywhere.')
      : act(() => users.reactivate({ id }), 'The account is active again; its owner may sign in.')
  return (
    <>
      <Notice>{done}</Notice>
      {refusal !== null && <Alert>{refusal}</Alert>}
      <div className="actions">
        <button type="button" className="quiet" onClick={toggle}>
          {isActive ? 'Deactivate' : 'Reactivate'}
        </button>
        {sendsMail && isActive && (
          <button
            type="button"
            className="quiet"
            onClick={() => act(() => users.sendReset({ id }), `A mail to ${email} is on its way.`)}
          >
            Send a link for a new password
          </button>
        )}
      </div>
    </>
  )
}
