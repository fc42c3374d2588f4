import { type ReactNode, useEffect, useRef, useState } from 'react'
import { CurrentPasswordField } from '../forms/current-password-field.tsx'
import { Form, FormHint } from '../forms/form.tsx'
import { useAct } from '../forms/use-act.ts'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import { CodeField, RecoveryCodeField } from './code-field.tsx'
import { PasskeyButton } from './passkey-button.tsx'

/** The ways in which a person can prove to be the user. */
export const WAYS = ['passkey', 'totp', 'recovery_code', 'password', 'social'] as const
/** One of {@link WAYS}. */
export type Way = (typeof WAYS)[number]
/** A proof: the browser asks for the passkey, and the person types anything else. */
export type Proof = 'passkey' | { code: string } | { recovery_code: string } | { password: string }

interface ProveProps {
  /** The ways to offer. The first one is shown at once. */
  ways: readonly Way[]
  /** Stands before the ids of the fields. */
  scope?: string
  /** Stands above the text of each way. */
  hint?: ReactNode
  /** Sends the proof. */
  prove: (proof: Proof) => Promise<void>
  /** The way `social`, which leaves the page. */
  byProvider?: ReactNode
  /** What stands below. It is drawn anew with each way, because its place depends on the way. */
  children: ReactNode
}

/** Asks for one proof, and offers the other ways below it. */
export function Prove({ ways, scope = '', hint, prove, byProvider, children }: ProveProps) {
  const { t } = useMessages()
  const [way, setWay] = useState(ways[0])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [way])
  return (
    <div ref={box} key={way}>
      {way === undefined ? (
        <p>{t('passkey.unsupported')}</p>
      ) : (
        <OneWay way={way} scope={scope} hint={hint} prove={prove} byProvider={byProvider} />
      )}
      <OtherWays ways={ways.filter((other) => other !== way)} onChoose={setWay} />
      {children}
    </div>
  )
}

type OneWayProps = { way: Way; scope: string } & Pick<ProveProps, 'hint' | 'prove' | 'byProvider'>

function OneWay({ way, scope, hint, prove, byProvider }: OneWayProps): ReactNode {
  const { t } = useMessages()
  if (way === 'social') return byProvider
  if (way === 'passkey') return <ByPasskey hint={hint} prove={prove} />
  if (way === 'totp')
    return (
      <ByForm
        field="code"
        text={t('secondStep.code.text')}
        blank={t('field.code.required')}
        scope={scope}
        hint={hint}
        onProve={(code) => prove({ code })}
      >
        <CodeField />
      </ByForm>
    )
  if (way === 'recovery_code')
    return (
      <ByForm
        field="recovery_code"
        text={t('secondStep.recoveryCode.text')}
        blank={t('field.recoveryCode.required')}
        scope={scope}
        hint={hint}
        onProve={(code) => prove({ recovery_code: code })}
      >
        <RecoveryCodeField />
      </ByForm>
    )
  return (
    <ByForm
      field="password"
      text={null}
      blank={t('field.currentPassword.required')}
      scope={scope}
      hint={hint}
      onProve={(password) => prove({ password })}
    >
      <CurrentPasswordField />
    </ByForm>
  )
}

interface ByFormProps {
  field: 'code' | 'recovery_code' | 'password'
  text: string | null
  blank: string
  scope: string
  hint: ReactNode
  onProve: (value: string) => Promise<void>
  children: ReactNode
}

function ByForm({ field, text, blank, scope, hint, onProve, children }: ByFormProps) {
  const { t } = useMessages()
  const form = useForm({
    fields: [field],
    required: { [field]: blank },
    submit: async (values) => {
      await onProve(values[field] ?? '')
      return undefined
    },
  })
  return (
    <Form
      form={form}
      scope={scope}
      action={t('secondStep.action')}
      actionSending={t('secondStep.actionSending')}
      isAnsweredElsewhere
    >
      <FormHint>
        {hint}
        {text !== null && <p>{text}</p>}
      </FormHint>
      {children}
    </Form>
  )
}

function ByPasskey({ hint, prove }: Pick<ProveProps, 'hint' | 'prove'>) {
  const { t } = useMessages()
  const { refusal, isActing, act } = useAct(async () => {})
  return (
    <>
      <AnsweredHint refusal={refusal}>
        {hint}
        <p>{t('secondStep.passkey.text')}</p>
      </AnsweredHint>
      <PasskeyButton
        action={t('secondStep.passkey.action')}
        isWaiting={isActing}
        onPress={() => act(() => prove('passkey'), null)}
      />
    </>
  )
}

function OtherWays({ ways, onChoose }: { ways: readonly Way[]; onChoose: (way: Way) => void }) {
  const { t } = useMessages()
  const names = {
    passkey: t('secondStep.way.passkey'),
    totp: t('secondStep.way.code'),
    recovery_code: t('secondStep.way.recoveryCode'),
    password: t('secondStep.way.password'),
    social: t('secondStep.way.provider'),
  }
  if (ways.length === 0) return null
  return (
    <ul className="ways">
      {ways.map((way) => (
        <li key={way}>
          <button type="button" className="quiet" onClick={() => onChoose(way)}>
            {names[way]}
          </button>
        </li>
      ))}
    </ul>
  )
}
