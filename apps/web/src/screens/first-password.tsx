import { useClient, useUser } from '@latchkey/client/react'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSettings } from '../session/portal.ts'

/** Mails a link for a first password to a user whom a provider brought. It proves the address, as every new password does. */
export function FirstPassword() {
  const client = useClient()
  const { t } = useMessages()
  const { user } = useUser()
  const { sendsMail } = useSettings()
  const email = user?.email ?? ''
  const form = useForm({
    fields: [],
    submit: async () => {
      await client.password.requestReset({ email })
      return (messages) => messages.t.rich('unverified.sent', { email, name: isolate })
    },
  })
  return (
    <Screen heading={t('password.first.heading')}>
      <p>
        {sendsMail
          ? t.rich('password.first.text', { email, name: isolate })
          : t('password.first.withoutMail')}
      </p>
      {sendsMail && (
        <>
          <Form
            form={form}
            action={t('forgotPassword.action')}
            actionSending={t('forgotPassword.actionSending')}
          />
          <MailboxHint />
        </>
      )}
    </Screen>
  )
}
