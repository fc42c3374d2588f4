import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { TAKEN_ADDRESS, UNFIT_PASSWORD } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { SelectField } from '../forms/select-field.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { listRoles } from './describe-role.ts'

const FIELDS = ['email', 'first_name', 'last_name', 'role', 'password'] as const
const HINT = 'Leave it empty to have the owner invited: a mailed link lets them choose their own.'

/** Creates a user. */
export function CreateAccountScreen() {
  const { users } = useClient().staff
  const { sendsMail } = useSettings()
  const required = { email: 'Enter the e-mail address.' }
  const form = useForm({
    fields: FIELDS,
    required: sendsMail ? required : { ...required, password: 'Choose a password.' },
    submit: async ({ password, role, ...values }) => {
      const given = password === '' ? {} : { password }
      const { id } = await users.create({ ...values, ...given, role: Number(role) })
      const notice = password === '' ? 'The account is made, its owner invited.' : 'The account is made.'
      navigate(`/staff/${id}`, { replace: true, notice })
      return undefined
    },
  })
  return (
    <Screen heading="Create an account">
      <Form form={form} action="Create the account" actionSending="Creating…">
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="off"
          longestError={TAKEN_ADDRESS}
        />
        <div className="pair">
          <Field name="first_name" label="First name" autoComplete="off" isOptional />
          <Field name="last_name" label="Last name" autoComplete="off" isOptional />
        </div>
        <SelectField name="role" label="Role" options={listRoles()} defaultValue="0" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={sendsMail ? HINT : undefined}
          isOptional={sendsMail}
          longestError={UNFIT_PASSWORD}
        />
        <ShowPasswords />
      </Form>
      <ul className="ways">
        <li>
          <Link to="/staff">All accounts</Link>
        </li>
      </ul>
    </Screen>
  )
}
