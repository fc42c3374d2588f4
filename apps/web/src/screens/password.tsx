import { describeFieldSentence } from '@latchkey/client/messages'
import { useClient, useUser } from '@latchkey/client/react'
import { SENTENCES } from '@latchkey/contract/sentences'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { Screen } from '../layout/screen.tsx'
import { useSettings } from '../session/portal.ts'

const FIELDS = ['old_password', 'new_password1', 'new_password2'] as const
const REQUIRED = { new_password1: 'Choose a password.', new_password2: 'Enter the new password again.' }
const WRONG = describeFieldSentence(SENTENCES.wrongOldPassword)
const WITH_OLD = { old_password: 'Enter the password you have now.', ...REQUIRED }

/** Changes the password of the user. */
export function PasswordScreen() {
  const client = useClient()
  const { user } = useUser()
  const { oldPasswordRequired, logoutOnPasswordChange } = useSettings()
  const form = useForm({
    fields: FIELDS,
    required: oldPasswordRequired ? WITH_OLD : REQUIRED,
    clears: FIELDS,
    submit: async ({ old_password, ...passwords }) => {
      await client.password.change(oldPasswordRequired ? { old_password, ...passwords } : passwords)
      return logoutOnPasswordChange
        ? 'Your new password is set. Every other device has been signed out.'
        : 'Your new password is set.'
    },
  })
  return (
    <Screen heading="Change your password">
      {logoutOnPasswordChange && <p className="muted">Every other device will be signed out.</p>}
      <Form form={form} action="Change password" actionSending="Changing…">
        {/* Tells password managers to which user the password belongs. */}
        <input type="text" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
        {oldPasswordRequired && (
          <Field
            name="old_password"
            label="Current password"
            type="password"
            autoComplete="current-password"
            longestError={WRONG}
          />
        )}
        <NewPasswordFields
          names={['new_password1', 'new_password2']}
          labels={['New password', 'The new password again']}
        />
      </Form>
    </Screen>
  )
}
