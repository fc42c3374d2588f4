import { useClient } from '@latchkey/client/react'
import { isLanguageTag } from '@latchkey/languages'
import { EmailField } from '../forms/email-field.tsx'
import { TAKEN_ADDRESS } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { NameFields, useRequiredNames } from '../forms/name-fields.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { useProviderSignIn } from '../providers/use-provider-sign-in.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { openNextStep } from '../second-factors/unfinished-sign-in.ts'
import { holdPassword } from '../session/held-password.ts'
import { holdGuards } from '../session/hold-guards.ts'

const FIELDS = ['first_name', 'last_name', 'email', 'password1', 'password2'] as const

/** Signs a user up. The next page depends on whether the address must be verified first. */
export function SignUpScreen() {
  const client = useClient()
  const { t, wanted } = useMessages()
  const provider = useProviderSignIn()
  const form = useForm({
    fields: FIELDS,
    required: {
      ...useRequiredNames(),
      email: t('field.email.required'),
      password1: t('field.choosePassword.required'),
      password2: t('field.passwordAgain.required'),
    },
    submit: (values) =>
      holdGuards(async () => {
        const result = await client.register({
          ...values,
          ...(isLanguageTag(wanted) && { language: wanted }),
        })
        if (result.status === 'verification_required') {
          holdPassword(values.email, values.password1)
          navigate('/check-mail', { state: { email: values.email.trim() } })
        } else openNextStep(result, { notice: (messages) => messages.t('signUp.done') })
        return undefined
      }),
  })
  return (
    <Screen heading={t('signUp.heading')}>
      <Form
        form={form}
        action={t('signUp.action')}
        actionSending={t('signUp.actionSending')}
        otherWay={provider.buttons}
        otherFailure={provider.refusal}
      >
        <NameFields />
        <EmailField autoComplete="username" longestError={TAKEN_ADDRESS} />
        <NewPasswordFields
          names={['password1', 'password2']}
          labels={[t('field.password'), t('field.passwordAgain')]}
          owner="typed"
        />
      </Form>
      <ul className="ways">
        <li>{t.rich('signUp.signIn', { link: (words) => <Link to="/sign-in">{words}</Link> })}</li>
      </ul>
    </Screen>
  )
}
