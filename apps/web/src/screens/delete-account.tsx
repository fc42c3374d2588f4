import { useClient } from '@latchkey/client/react'
import { CurrentPasswordField } from '../forms/current-password-field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { holdGuards } from '../session/hold-guards.ts'
import { useDetails } from '../session/use-details.ts'
import { useOwnPassword } from '../session/use-own-password.ts'

const FIELDS = ['password'] as const

/** Deletes the signed-in user, after a confirmation. */
export function DeleteAccountScreen() {
  const client = useClient()
  const { t } = useMessages()
  const hasPassword = useOwnPassword()
  const form = useForm({
    fields: FIELDS,
    required: hasPassword ? { password: t('field.currentPassword.required') } : {},
    submit: (values) =>
      holdGuards(async () => {
        await client.user.delete(hasPassword ? values : {})
        navigate('/sign-in', { replace: true, notice: (messages) => messages.t('deleteAccount.done') })
        return undefined
      }),
  })
  return (
    <Screen heading={t('deleteAccount.heading')} icon="warning">
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <p>
              {t.rich('deleteAccount.text', {
                email: user.email,
                name: isolate,
                strong: (words) => <strong>{words}</strong>,
              })}
            </p>
            <Form
              form={form}
              action={t('deleteAccount.action')}
              actionSending={t('deleteAccount.actionSending')}
              isDangerous
            >
              {hasPassword && <CurrentPasswordField />}
            </Form>
            <ul className="ways">
              <li>
                <Link to="/">{t('deleteAccount.keep')}</Link>
              </li>
            </ul>
          </>
        )}
      </Loaded>
    </Screen>
  )
}
