import type { SecondFactorOperations } from '@latchkey/client/mfa'
import { Form, FormHint } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { CodeField } from './code-field.tsx'
import { CopyButton } from './copy-button.tsx'

/** A new secret, and what an authenticator app reads it from. */
export type Provisioning = Awaited<ReturnType<SecondFactorOperations['mfa']['setup']>>

interface AppSetUpProps {
  provisioning: Provisioning
  /** Sends the first code of the app. */
  onCode: (code: string) => Promise<void>
  onLeave: () => void
}

/** Shows the secret of an authenticator app, and asks for the first code. */
export function AppSetUp({ provisioning, onCode, onLeave }: AppSetUpProps) {
  const { t } = useMessages()
  const form = useForm({
    fields: ['code'],
    required: { code: t('field.code.required') },
    submit: async ({ code }) => {
      await onCode(code)
      return undefined
    },
  })
  return (
    <Screen heading={t('app.heading')} icon="phone" takesFocus>
      <p>{t('app.scan')}</p>
      <Secret provisioning={provisioning} />
      <Form
        form={form}
        action={t('app.action')}
        actionSending={t('secondStep.actionSending')}
        isAnsweredElsewhere
      >
        <FormHint>
          <p>{t('app.enter')}</p>
        </FormHint>
        <CodeField />
      </Form>
      <ul className="ways">
        <li>
          <button type="button" className="quiet" onClick={onLeave}>
            {t('app.leave')}
          </button>
        </li>
      </ul>
    </Screen>
  )
}

function Secret({ provisioning: { secret, qr_code: image } }: { provisioning: Provisioning }) {
  const { t } = useMessages()
  // Spaces make the key easier to type. The app ignores them.
  const groups = secret.match(/.{1,4}/g) ?? []
  return (
    <>
      <img className="qr" src={`data:image/svg+xml,${encodeURIComponent(image)}`} alt={t('app.image')} />
      <p className="muted">{t('app.key')}</p>
      <div className="secret">
        <code dir="ltr">{groups.join(' ')}</code>
        <CopyButton text={secret} action={t('app.copy')} />
      </div>
    </>
  )
}
