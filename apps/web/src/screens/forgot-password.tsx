import { useClient } from '@latchkey/client/react'
import { EmailField } from '../forms/email-field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'

const FIELDS = ['email'] as const

/** Requests a password reset link. The answer is the same for a known and for an unknown address. */
export function ForgotPasswordScreen() {
  const client = useClient()
  const { t } = useMessages()
  const { state } = useLocation()
  const form = useForm({
    fields: FIELDS,
    required: { email: t('field.email.required') },
    submit: async ({ email }) => {
      await client.password.requestReset({ email })
      return (messages) => messages.t.rich('forgotPassword.sent', { email: email.trim(), name: isolate })
    },
  })
  return (
    <Screen heading={t('forgotPassword.heading')}>
      <p>{t('forgotPassword.text')}</p>
      <Form form={form} action={t('forgotPassword.action')} actionSending={t('forgotPassword.actionSending')}>
        <EmailField autoComplete="username" defaultValue={state.email} />
      </Form>
      <MailboxHint />
      <ul className="ways">
        <li>
          <Link to="/sign-in">{t('checkMail.backToSignIn')}</Link>
        </li>
      </ul>
    </Screen>
  )
}
