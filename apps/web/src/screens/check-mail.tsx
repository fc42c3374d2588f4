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
import { findHeldPassword } from '../session/held-password.ts'

const FIELDS = ['email'] as const

/** Shows what to do after a sign-up. The text is the same for an unused and for a taken address. */
export function CheckMailScreen() {
  const client = useClient()
  const { t } = useMessages()
  const { state } = useLocation()
  const form = useForm({
    fields: FIELDS,
    required: { email: t('field.email.required') },
    submit: async ({ email }) => {
      const password = findHeldPassword(email)
      await client.registration.resend({ email, ...(password !== undefined && { password }) })
      return (messages) => messages.t.rich('waiting.sentAgain', { email: email.trim(), name: isolate })
    },
  })
  return (
    <Screen heading={t('checkMail.heading')} icon="mail">
      <p>
        {state.email
          ? t.rich('checkMail.sentTo', { email: state.email, name: isolate })
          : t('checkMail.sentToSomebody')}
      </p>
      <MailboxHint />
      <h2>{t('checkMail.nothing.heading')}</h2>
      <p className="muted">{t('checkMail.nothing.text')}</p>
      <Form form={form} action={t('checkMail.action')} actionSending={t('checkMail.actionSending')}>
        <EmailField autoComplete="email" defaultValue={state.email} key={state.email} />
      </Form>
      <ul className="ways">
        <li>
          <Link to="/sign-in" state={state}>
            {t('checkMail.backToSignIn')}
          </Link>
        </li>
      </ul>
    </Screen>
  )
}
