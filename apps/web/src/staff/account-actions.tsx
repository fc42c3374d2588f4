import type { StaffAccount } from '@latchkey/client'
import type { ReactNode } from 'react'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Alert, Messages } from '../layout/messages.tsx'
import { Label } from '../layout/room.tsx'
import { useSettings } from '../session/portal.ts'
import { useStaff } from './use-staff.ts'

interface AccountActionsProps {
  account: StaffAccount
  /** The sentence of a failed reload of the user. */
  failure: ReactNode
  onChange: () => Promise<void>
}

/**
 * Mails a user a link for a new password, deactivates the user, or reactivates the user.
 *
 * The likeliest act has the loudest button: the link, and for a deactivated user the reactivation.
 */
export function AccountActions({ account, failure, onChange }: AccountActionsProps) {
  const { users } = useStaff()
  const { t } = useMessages()
  const { sendsMail } = useSettings()
  const { done, refusal, act, dialog, ask } = useAskedAct(onChange)
  const { id, email, is_active: isActive } = account
  const names = [t('staff.deactivate.open'), t('staff.reactivate.action')] as const
  const [says, or] = isActive ? names : [names[1], names[0]]
  const reactivate = () =>
    act(
      () => users.reactivate({ id }),
      (now) => now.t('staff.reactivate.done'),
    )
  const deactivate = () =>
    act(
      () => users.deactivate({ id }),
      (now) => now.t('staff.deactivate.done'),
    )
  const sendReset = () =>
    act(
      () => users.sendReset({ id }),
      (now) => now.t.rich('staff.sendReset.done', { email, name: isolate }),
    )
  const problem = refusal ?? failure
  return (
    <>
      <div className="actions acts">
        {sendsMail && (
          <button type="button" className={isActive ? undefined : 'away'} onClick={sendReset}>
            {t('staff.sendReset.action')}
          </button>
        )}
        <button
          type="button"
          className={isActive ? 'quiet' : undefined}
          onClick={isActive ? ask : reactivate}
        >
          <Label says={says} or={or} />
        </button>
      </div>
      <ConfirmDialog
        dialog={dialog}
        heading={t('staff.deactivate.heading')}
        text={t.rich('staff.deactivate.text', { email, name: isolate })}
        action={t('staff.deactivate.action')}
        keep={t('staff.deactivate.keep')}
        refusal={refusal}
        onConfirm={deactivate}
      />
      <Messages done={done}>{problem !== null && <Alert>{problem}</Alert>}</Messages>
    </>
  )
}
