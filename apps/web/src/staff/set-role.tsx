import type { StaffAccount } from '@latchkey/client'
import { Form } from '../forms/form.tsx'
import { SelectField } from '../forms/select-field.tsx'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { listRoles } from './describe-role.ts'
import { useStaff } from './use-staff.ts'

interface SetRoleProps {
  account: StaffAccount
  onChange: () => Promise<void>
}

/** Sets the role of a user. */
export function SetRole({ account, onChange }: SetRoleProps) {
  const { users } = useStaff()
  const { t } = useMessages()
  const form = useForm({
    fields: ['role'] as const,
    submit: async ({ role }) => {
      if (Number(role) === account.role) return (now) => now.t('staff.role.same')
      await users.setRole({ id: account.id, role: Number(role) })
      await onChange()
      return (now) => now.t('staff.role.done')
    },
  })
  return (
    <section className="softly" aria-labelledby="role-heading">
      <h2 id="role-heading">{t('staff.role.heading')}</h2>
      <p className="muted">{t('staff.role.hint')}</p>
      <Form form={form} action={t('staff.role.action')} actionSending={t('staff.role.actionSending')}>
        <SelectField
          name="role"
          label={t('staff.role.label')}
          options={listRoles(t, account.role)}
          defaultValue={String(account.role)}
        />
      </Form>
    </section>
  )
}
