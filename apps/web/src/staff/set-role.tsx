import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { Form } from '../forms/form.tsx'
import { SelectField } from '../forms/select-field.tsx'
import { useForm } from '../forms/use-form.ts'
import { listRoles } from './describe-role.ts'

interface SetRoleProps {
  account: StaffAccount
  onChange: () => Promise<void>
}

/** Sets the role of a user. */
export function SetRole({ account, onChange }: SetRoleProps) {
  const { users } = useClient().staff
  const form = useForm({
    fields: ['role'] as const,
    submit: async ({ role }) => {
      if (Number(role) === account.role) return 'The account has that role already.'
      await users.setRole({ id: account.id, role: Number(role) })
      await onChange()
      return 'The role is changed, and the account signed out everywhere.'
    },
  })
  return (
    <section aria-labelledby="role-heading">
      <h2 id="role-heading">Role</h2>
      <p className="muted">Staff act on users, superusers on everybody. Its owner has to sign in again.</p>
      <Form form={form} action="Change the role" actionSending="Changing…">
        <SelectField
          name="role"
          label="New role"
          options={listRoles(account.role)}
          defaultValue={String(account.role)}
        />
      </Form>
    </section>
  )
}
