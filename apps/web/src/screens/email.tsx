import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { WRONG_PASSWORD } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { Loaded } from '../layout/loaded.tsx'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { useDetails } from '../session/use-details.ts'

const FIELDS = ['new_email', 'password'] as const
const LONGEST_ANSWER =
  'We have sent a mail to ada.lovelace@example.com. Your address changes when you open the link in it.'
const REQUIRED = { new_email: 'Enter the new address.', password: 'Enter your password.' }

/** Changes the address of the user. The new address is valid after the user has followed the link mailed to it. */
export function EmailScreen() {
  const client = useClient()
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    clears: ['password'],
    submit: async (values) => {
      await client.email.change(values)
      return `We have sent a mail to ${values.new_email.trim()}. Your address changes when you open the link in it.`
    },
  })
  return (
    <Screen heading="Change your address">
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <p className="muted">
              You sign in as <bdi>{user.email}</bdi>. We mail a link to the new address; until you open it
              nothing changes.
            </p>
            <Form form={form} action="Send the link" actionSending="Sending…" longestAnswer={LONGEST_ANSWER}>
              <Field name="new_email" label="New e-mail address" type="email" autoComplete="email" />
              <Field
                name="password"
                label="Your password"
                type="password"
                autoComplete="current-password"
                longestError={WRONG_PASSWORD}
              />
              <ShowPasswords />
            </Form>
            <MailboxHint />
          </>
        )}
      </Loaded>
    </Screen>
  )
}
