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
import { useProviderSignIn } from '../providers/use-provider-sign-in.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { PasskeyButton } from '../second-factors/passkey-button.tsx'
import { usePasskeySignIn } from '../second-factors/passkey-sign-in.ts'
import { openNextStep } from '../second-factors/unfinished-sign-in.ts'
import { dropPassword, holdPassword } from '../session/held-password.ts'
import { useSettings } from '../session/portal.ts'

const FIELDS = ['email', 'password'] as const
const UNVERIFIED = new LatchkeyError('email_not_verified', '')

function isUnverified(failure: unknown): boolean {
  return isLatchkeyError(failure) && failure.code === UNVERIFIED.code
}

/** Signs a user in, by the password or by a passkey. The guard around the screen then opens the next page. */
export function SignInScreen() {
  const client = useClient()
  const { t, describeFailure } = useMessages()
  const { state } = useLocation()
  const [email, setEmail] = useState('')
  const passkey = usePasskeySignIn()
  const provider = useProviderSignIn()
  const form = useForm({
    fields: FIELDS,
    required: { email: t('field.email.required'), password: t('field.password.required') },
    submit: async (values) => {
      setEmail(values.email)
      passkey.forget()
      provider.forget()
      try {
        const result = await client.login(values)
        dropPassword()
        if (result.status !== 'signed_in') openNextStep(result, { next: state.next })
      } catch (failure) {
        if (isUnverified(failure)) holdPassword(values.email, values.password)
        throw failure
      }
      return undefined
    },
  })
  const pressPasskey = () => {
    provider.forget()
    return passkey.press()
  }
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
        otherWay={
          <>
            {passkey.isOffered && (
              <PasskeyButton
                action={t('signIn.passkey')}
                isWaiting={passkey.isActing}
                isQuiet
                onPress={pressPasskey}
              />
            )}
            {provider.buttons}
          </>
        }
        otherFailure={passkey.refusal ?? provider.refusal}
      >
        <EmailField autoComplete="username webauthn" defaultValue={state.email} />
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
