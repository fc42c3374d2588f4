import { useClient, useUser } from '@latchkey/client/react'
import { useEffect } from 'react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSignOut } from '../session/guards.tsx'

const FIELDS = ['email'] as const
const REQUIRED = { email: 'Enter your e-mail address.' }

/**
 * Shows what to do when the server requires a confirmed address and that of the signed-in user is not confirmed.
 *
 * The session stays. The screen asks for new tokens when the page is looked at again, which is after the mail.
 */
export function ConfirmAddressScreen() {
  const client = useClient()
  const { user } = useUser()
  const signOut = useSignOut()
  useEffect(() => {
    const look = () => void client.session.refresh().catch(() => {})
    look()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [client])
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: async ({ email }) => {
      await client.registration.resend({ email })
      return `If ${email.trim()} waits to be confirmed, another mail is on its way.`
    },
  })
  return (
    <Screen heading="Confirm your e-mail address" icon="mail">
      <p>
        Before you go on, open the link that we mail you. You stay signed in on this device, and this page
        goes on by itself.
      </p>
      <MailboxHint />
      <Form form={form} action="Send the mail" actionSending="Sending…">
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="email"
          defaultValue={user?.email}
          key={user?.email}
        />
      </Form>
      <p>
        <button type="button" className="quiet" onClick={signOut}>
          Sign out
        </button>
      </p>
    </Screen>
  )
}
