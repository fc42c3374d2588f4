import { useClient, useUser } from '@latchkey/client/react'
import { SENTENCES } from '@latchkey/contract/sentences'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSettings } from '../session/portal.ts'
import { useDetails } from '../session/use-details.ts'
import { useOwnPassword } from '../session/use-own-password.ts'
import { FirstPassword } from './first-password.tsx'

const FIELDS = ['old_password', 'new_password1', 'new_password2'] as const
const WRONG_OLD_PASSWORD = [SENTENCES.wrongOldPassword]

/** Changes the password of the user. A user without one is offered a link that sets the first one. */
export function PasswordScreen() {
  const { t } = useMessages()
  const { providers } = useSettings()
  const details = useDetails()
  const hasPassword = useOwnPassword()
  // Where everybody has a password, nothing needs to be awaited.
  if (details.data === null && providers.length > 0)
    return (
      <Screen heading={t('password.heading')}>
        <Loaded {...details}>{() => null}</Loaded>
      </Screen>
    )
  return hasPassword ? <ChangePassword /> : <FirstPassword />
}

function ChangePassword() {
  const client = useClient()
  const { t } = useMessages()
  const { user } = useUser()
  const { oldPasswordRequired, logoutOnPasswordChange } = useSettings()
  const form = useForm({
    fields: FIELDS,
    required: {
      ...(oldPasswordRequired && { old_password: t('field.currentPassword.required') }),
      new_password1: t('field.choosePassword.required'),
      new_password2: t('field.newPasswordAgain.required'),
    },
    clears: FIELDS,
    submit: async ({ old_password, ...passwords }) => {
      await client.password.change(oldPasswordRequired ? { old_password, ...passwords } : passwords)
      return (messages) => messages.t(logoutOnPasswordChange ? 'password.doneEverywhere' : 'password.done')
    },
  })
  return (
    <Screen heading={t('password.heading')}>
      {logoutOnPasswordChange && <p className="muted">{t('password.signsOutOthers')}</p>}
      <Form form={form} action={t('password.action')} actionSending={t('password.actionSending')}>
        {/* Tells password managers to which user the password belongs. */}
        <input type="text" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
        {oldPasswordRequired && (
          <Field
            name="old_password"
            label={t('field.currentPassword')}
            type="password"
            autoComplete="current-password"
            longestError={WRONG_OLD_PASSWORD}
          />
        )}
        <NewPasswordFields
          names={['new_password1', 'new_password2']}
          labels={[t('field.newPassword'), t('field.newPasswordAgain')]}
          owner={user ?? 'loading'}
        />
      </Form>
    </Screen>
  )
}
