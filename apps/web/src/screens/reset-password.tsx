import { isLatchkeyError } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Form } from '../forms/form.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { openNextStep } from '../second-factors/unfinished-sign-in.ts'
import { readResetAddress } from './read-reset-address.ts'

const FIELDS = ['new_password1', 'new_password2'] as const

/**
 * Sets a new password. A mailed reset link leads here, unless `PASSWORD_RESET_REDIRECT` names another page.
 *
 * The server has put the proof into an HttpOnly cookie, so only the server can tell whether the link is valid. A mail
 * template of the operator may pass the token after `#token=` instead. With `#link=` the server says which link the form
 * is for, so that a link that was opened later in another tab is not used here.
 */
export function ResetPasswordScreen() {
  const client = useClient()
  const { t } = useMessages()
  const [{ proof, account }] = useState(() => readResetAddress(window.location.hash))
  const form = useForm({
    fields: FIELDS,
    required: {
      new_password1: t('field.choosePassword.required'),
      new_password2: t('field.newPasswordAgain.required'),
    },
    submit: async (values) => {
      const result = await client.password.setNew({ ...values, ...proof })
      openNextStep(result, { notice: (messages) => messages.t('resetPassword.done'), isDone: true })
      return undefined
    },
  })
  if (isLatchkeyError(form.failure) && form.failure.status === 401) return <DeadLink />
  return (
    <Screen heading={t('resetPassword.heading')} icon="key">
      {account !== null && (
        <p className="muted">{t.rich('resetPassword.for', { email: account, name: isolate })}</p>
      )}
      <Form form={form} action={t('resetPassword.action')} actionSending={t('resetPassword.actionSending')}>
        <NewPasswordFields
          names={['new_password1', 'new_password2']}
          labels={[t('field.newPassword'), t('field.newPasswordAgain')]}
          owner={null}
        />
      </Form>
    </Screen>
  )
}

function DeadLink() {
  const { t } = useMessages()
  return (
    <Screen heading={t('resetPassword.deadLink.heading')} icon="warning" takesFocus>
      <p>{t('resetPassword.deadLink.text')}</p>
      <p>
        {t.rich('resetPassword.deadLink.next', {
          link: (words) => <Link to="/forgot-password">{words}</Link>,
        })}
      </p>
    </Screen>
  )
}
