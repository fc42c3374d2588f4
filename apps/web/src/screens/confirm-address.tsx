import { useClient, useUser } from '@latchkey/client/react'
import { useEffect } from 'react'
import { EmailField } from '../forms/email-field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSignOut } from '../session/guards.tsx'

const FIELDS = ['email'] as const

/**
 * Shows what to do when the server requires a confirmed address and that of the signed-in user is not confirmed.
 *
 * The session stays. The screen asks for new tokens when the page is looked at again, which is after the mail.
 */
export function ConfirmAddressScreen() {
  const client = useClient()
  const { t } = useMessages()
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
    required: { email: t('field.email.required') },
    submit: async ({ email }) => {
      await client.registration.resend({ email })
      return (messages) => messages.t.rich('waiting.sentAgain', { email: email.trim(), name: isolate })
    },
  })
  return (
    <Screen heading={t('confirmAddress.heading')} icon="mail">
      <p>{t('confirmAddress.text')}</p>
      <MailboxHint />
      <Form form={form} action={t('confirmAddress.action')} actionSending={t('confirmAddress.actionSending')}>
        <EmailField autoComplete="email" defaultValue={user?.email} key={user?.email} />
      </Form>
      <p>
        <button type="button" className="quiet" onClick={signOut}>
          {t('shell.signOut')}
        </button>
      </p>
    </Screen>
  )
}
