import { isLatchkeyError, LatchkeyError } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { EmailField } from '../forms/email-field.tsx'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { dropPassword, holdPassword } from '../session/held-password.ts'
import { useSettings } from '../session/portal.ts'

const FIELDS = ['email', 'password'] as const
const UNVERIFIED = new LatchkeyError('email_not_verified', '')

function isUnverified(failure: unknown): boolean {
  return isLatchkeyError(failure) && failure.code === UNVERIFIED.code
}

/** Signs a user in. The guard around the screen then opens the next page. */
export function SignInScreen() {
  const client = useClient()
  const { t, describeFailure } = useMessages()
  const { state } = useLocation()
  const [email, setEmail] = useState('')
  const form = useForm({
    fields: FIELDS,
    required: { email: t('field.email.required'), password: t('field.password.required') },
    submit: async (values) => {
      setEmail(values.email)
      try {
        await client.login(values)
        dropPassword()
      } catch (failure) {
        if (isUnverified(failure)) holdPassword(values.email, values.password)
        throw failure
      }
      return undefined
    },
  })
  const help = isUnverified(form.failure) && (
    <p>
      <Link to="/check-mail" state={{ email }}>
        {t('signIn.sendAgain')}
      </Link>
    </p>
  )
  return (
    <Screen heading={t('signIn.heading')}>
      <Form
        form={form}
        action={t('signIn.action')}
        actionSending={t('signIn.actionSending')}
        help={help}
        // The sentence, together with the link that helps.
        longestAnswer={`${describeFailure(UNVERIFIED)}\n${t('signIn.sendAgain')}`}
      >
        <EmailField autoComplete="username" defaultValue={state.email} />
        <Field name="password" label={t('field.password')} type="password" autoComplete="current-password" />
        <ShowPasswords />
      </Form>
      <Ways />
    </Screen>
  )
}

function Ways() {
  const { t } = useMessages()
  const { sendsMail } = useSettings()
  return (
    <ul className="ways">
      {sendsMail && (
        <li>
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </li>
      )}
      <li>{t.rich('signIn.newHere', { link: (words) => <Link to="/sign-up">{words}</Link> })}</li>
    </ul>
  )
}
