import { isLatchkeyError } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { dropPassword, holdPassword } from '../session/held-password.ts'
import { useSettings } from '../session/portal.ts'

const FIELDS = ['email', 'password'] as const
/** The sentence, together with the link that helps. */
const LONGEST_ANSWER =
  'Your e-mail address is not confirmed yet. Open the link we have mailed you.\nHave the mail sent again'
const REQUIRED = { email: 'Enter your e-mail address.', password: 'Enter your password.' }

function isUnverified(failure: unknown): boolean {
  return isLatchkeyError(failure) && failure.code === 'email_not_verified'
}

/** Signs a user in. The guard around the screen then opens the next page. */
export function SignInScreen() {
  const client = useClient()
  const { state } = useLocation()
  const { sendsMail } = useSettings()
  const [email, setEmail] = useState('')
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: async (values) => {
      setEmail(values.email)
      try {
        await client.login(values)
        dropPassword()
      } catch (failure) {
        if (isUnverified(failure)) holdPassword(values.email, values.password)
        throw failure
      }
      return undefined
    },
  })
  const help = isUnverified(form.failure) && (
    <p>
      <Link to="/check-mail" state={{ email }}>
        Have the mail sent again
      </Link>
    </p>
  )
  return (
    <Screen heading="Sign in">
      <Form
        form={form}
        action="Sign in"
        actionSending="Signing in…"
        help={help}
        longestAnswer={LONGEST_ANSWER}
      >
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          defaultValue={state.email}
        />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
        <ShowPasswords />
      </Form>
      <ul className="ways">
        {sendsMail && (
          <li>
            <Link to="/forgot-password">Forgot your password?</Link>
          </li>
        )}
        <li>
          New here? <Link to="/sign-up">Create an account</Link>
        </li>
      </ul>
    </Screen>
  )
}
