import { useClient, useUser } from '@latchkey/client/react'
import { useState } from 'react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'

const FIELDS = ['new_email', 'password'] as const
const REQUIRED = { new_email: 'Enter the new address.', password: 'Enter your password.' }

/** Changing the address; it counts once the link mailed there was followed. */
export function EmailScreen() {
  const client = useClient()
  const { user } = useUser()
  const [isMailed, setMailed] = useState(false)
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    clears: ['password'],
    submit: async (values) => {
      await client.email.change(values)
      setMailed(true)
      return `We have sent a mail to ${values.new_email.trim()}. Your address changes when you open the link in it.`
    },
  })
  return (
    <Screen heading="Change your address">
      <p className="muted">
        {user && (
          <>
            You sign in as <bdi>{user.email}</bdi>.{' '}
          </>
        )}
        We mail a link to the new address; until you open it nothing changes.
      </p>
      <Form form={form} action="Send the link" actionSending="Sending…">
        <Field name="new_email" label="New e-mail address" type="email" autoComplete="email" />
        <Field name="password" label="Your password" type="password" autoComplete="current-password" />
        <ShowPasswords />
      </Form>
      {isMailed && <MailboxHint />}
    </Screen>
  )
}
