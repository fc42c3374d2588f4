import type { StaffAccount } from '@latchkey/client'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { navigate } from '../routing/router.ts'
import { useStaff } from './use-staff.ts'

/** Deletes a user, after a confirmation. */
export function DeleteAccount({ account: { id, email } }: { account: StaffAccount }) {
  const { users } = useStaff()
  const { t } = useMessages()
  const notice: Sentence = (now) => now.t.rich('staff.delete.done', { email, name: isolate })
  const { refusal, act, dialog, ask } = useAskedAct(async () => navigate('/staff', { replace: true, notice }))
  return (
    <section aria-labelledby="delete-heading">
      <h2 id="delete-heading">{t('staff.delete.heading')}</h2>
      <p className="muted">{t('staff.delete.hint')}</p>
      <button type="button" className="quiet grave" onClick={ask}>
        {t('staff.delete.open')}
      </button>
      <ConfirmDialog
        dialog={dialog}
        heading={t('staff.delete.question')}
        text={t.rich('staff.delete.text', {
          email,
          name: isolate,
          strong: (words) => <strong>{words}</strong>,
        })}
        action={t('staff.delete.action')}
        keep={t('staff.delete.keep')}
        refusal={refusal}
        onConfirm={() => act(() => users.delete({ id }), null)}
      />
    </section>
  )
}
