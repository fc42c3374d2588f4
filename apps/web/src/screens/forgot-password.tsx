import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'

const FIELDS = ['email'] as const
const REQUIRED = { email: 'Enter your e-mail address.' }

/** Requests a password reset link. The answer is the same for a known and for an unknown address. */
export function ForgotPasswordScreen() {
  const client = useClient()
  const { state } = useLocation()
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: async ({ email }) => {
      await client.password.requestReset({ email })
      return `If ${email.trim()} has an account, a mail with a link is on its way.`
    },
  })
  return (
    <Screen heading="Forgot your password?">
      <p>Enter the address you sign in with. We mail you a link to choose a new password.</p>
      <Form form={form} action="Send the link" actionSending="Sending…">
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          defaultValue={state.email}
        />
      </Form>
      <MailboxHint />
      <ul className="ways">
        <li>
          <Link to="/sign-in">Back to sign in</Link>
        </li>
      </ul>
    </Screen>
  )
}
