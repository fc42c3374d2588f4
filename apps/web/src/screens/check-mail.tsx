import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { findHeldPassword } from '../session/held-password.ts'

const FIELDS = ['email'] as const
const REQUIRED = { email: 'Enter your e-mail address.' }

/** Shows what to do after a sign-up. The text is the same for an unused and for a taken address. */
export function CheckMailScreen() {
  const client = useClient()
  const { state } = useLocation()
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: async ({ email }) => {
      const password = findHeldPassword(email)
      await client.registration.resend({ email, ...(password !== undefined && { password }) })
      return `If ${email.trim()} waits to be confirmed, another mail is on its way.`
    },
  })
  return (
    <Screen heading="Check your mail" icon="mail">
      <p>
        We have sent a mail{' '}
        {state.email ? (
          <>
            to <bdi>{state.email}</bdi>
          </>
        ) : (
          'to the address you gave'
        )}
        . Open the link in it to go on.
      </p>
      <MailboxHint />
      <h2>Nothing there?</h2>
      <p className="muted">
        Give it a few minutes, look into the spam folder and check the address for typing mistakes. Then have
        the mail sent again.
      </p>
      <Form form={form} action="Send again" actionSending="Sending…">
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="email"
          defaultValue={state.email}
          key={state.email}
        />
      </Form>
      <ul className="ways">
        <li>
          <Link to="/sign-in" state={state}>
            Back to sign in
          </Link>
        </li>
      </ul>
    </Screen>
  )
}
