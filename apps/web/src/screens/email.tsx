import { useClient } from '@latchkey/client/react'
import { useLoaded } from '../connection/use-loaded.ts'
import { CurrentPasswordField } from '../forms/current-password-field.tsx'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { MailboxHint } from '../layout/mailbox-hint.tsx'
import { Screen } from '../layout/screen.tsx'
import { useDetails } from '../session/use-details.ts'
import { useOwnPassword } from '../session/use-own-password.ts'
import { PendingChange } from './pending-change.tsx'

const FIELDS = ['new_email', 'password'] as const

/** Changes the address of the user. The new address is valid after the user has followed the link mailed to it. */
export function EmailScreen() {
  const client = useClient()
  const { t } = useMessages()
  const pending = useLoaded(client.email.pendingChange)
  const hasPassword = useOwnPassword()
  const form = useForm({
    fields: FIELDS,
    required: {
      new_email: t('email.newAddress.required'),
      ...(hasPassword && { password: t('field.currentPassword.required') }),
    },
    clears: ['password'],
    submit: async ({ new_email, password }) => {
      await client.email.change({ new_email, ...(hasPassword && { password }) })
      void pending.reload()
      const email = new_email.trim()
      return (messages) => messages.t.rich('email.sent', { email, name: isolate })
    },
  })
  return (
    <Screen heading={t('email.heading')}>
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <p className="muted">{t.rich('email.current', { email: user.email, name: isolate })}</p>
            <Form form={form} action={t('email.action')} actionSending={t('email.actionSending')}>
              <Field name="new_email" label={t('email.newAddress')} type="email" autoComplete="email" />
              {hasPassword && <CurrentPasswordField />}
            </Form>
            <MailboxHint />
            <PendingChange loaded={pending} />
          </>
        )}
      </Loaded>
    </Screen>
  )
}
