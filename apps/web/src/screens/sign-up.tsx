import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { TAKEN_ADDRESS } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { holdPassword } from '../session/held-password.ts'
import { holdGuards } from '../session/hold-guards.ts'
import { useSettings } from '../session/portal.ts'

const FIELDS = ['first_name', 'last_name', 'email', 'password1', 'password2'] as const
const REQUIRED = {
  email: 'Enter your e-mail address.',
  password1: 'Choose a password.',
  password2: 'Enter the password again.',
}
const NAMES_REQUIRED = { first_name: 'Enter your first name.', last_name: 'Enter your last name.' }

/** Signs a user up. The next page depends on whether the address must be verified first. */
export function SignUpScreen() {
  const client = useClient()
  const { namesRequired } = useSettings()
  const form = useForm({
    fields: FIELDS,
    required: namesRequired ? { ...NAMES_REQUIRED, ...REQUIRED } : REQUIRED,
    submit: (values) =>
      holdGuards(async () => {
        const { signedIn } = await client.register(values)
        if (signedIn) navigate('/', { replace: true, notice: 'Welcome! Your account is ready.' })
        else {
          holdPassword(values.email, values.password1)
          navigate('/check-mail', { state: { email: values.email.trim() } })
        }
        return undefined
      }),
  })
  return (
    <Screen heading="Create your account">
      <Form form={form} action="Create account" actionSending="Creating your account…">
        <div className="pair">
          <Field name="first_name" label="First name" autoComplete="given-name" isOptional={!namesRequired} />
          <Field name="last_name" label="Last name" autoComplete="family-name" isOptional={!namesRequired} />
        </div>
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          longestError={TAKEN_ADDRESS}
        />
        <NewPasswordFields names={['password1', 'password2']} labels={['Password', 'The password again']} />
      </Form>
      <ul className="ways">
        <li>
          Have an account already? <Link to="/sign-in">Sign in</Link>
        </li>
      </ul>
    </Screen>
  )
}
