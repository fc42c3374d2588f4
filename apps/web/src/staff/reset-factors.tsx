import type { StaffAccount } from '@latchkey/client'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Messages } from '../layout/messages.tsx'
import { useSettings } from '../session/portal.ts'
import { useStaff } from './use-staff.ts'

interface ResetFactorsProps {
  account: StaffAccount
  onChange: () => Promise<void>
}

/** Removes every second factor of a user who has lost them, after a confirmation. */
export function ResetFactors({ account: { id, email }, onChange }: ResetFactorsProps) {
  const { users } = useStaff()
  const { t } = useMessages()
  const { sendsMail } = useSettings()
  const doneKey = sendsMail ? 'staff.factors.done' : 'staff.factors.doneWithoutMail'
  const { done, refusal, act, dialog, ask } = useAskedAct(onChange)
  return (
    <section aria-labelledby="factors-heading">
      <h2 id="factors-heading">{t('staff.factors.heading')}</h2>
      <p className="muted">{t('staff.factors.hint')}</p>
      <button type="button" className="quiet grave" onClick={ask}>
        {t('staff.factors.open')}
      </button>
      <ConfirmDialog
        dialog={dialog}
        heading={t('staff.factors.question')}
        text={t.rich(sendsMail ? 'staff.factors.text' : 'staff.factors.textWithoutMail', {
          email,
          name: isolate,
        })}
        action={t('staff.factors.action')}
        keep={t('staff.factors.keep')}
        refusal={refusal}
        onConfirm={() =>
          act(
            () => users.resetFactors({ id }),
            (now) => now.t(doneKey),
          )
        }
      />
      <Messages done={done} fits={t(doneKey)} />
    </section>
  )
}
