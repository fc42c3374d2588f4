import { type ReactNode, useRef } from 'react'
import { CurrentPasswordField } from '../forms/current-password-field.tsx'
import { Form, FormHint } from '../forms/form.tsx'
import { useAct } from '../forms/use-act.ts'
import { useForm } from '../forms/use-form.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import { useOwnPassword } from '../session/use-own-password.ts'
import { FormDialog } from './form-dialog.tsx'
import type { OverviewProps, SecondFactors } from './overview-props.ts'
import { useFactors } from './use-factors.ts'

interface TwoStepsSectionProps extends Pick<OverviewProps, 'onCodes' | 'onChange'> {
  status: NonNullable<SecondFactors['status']>
  hasPasskey: boolean
}

/** Says whether a sign-in takes two steps, and turns that on or off. */
export function TwoStepsSection({ status, hasPasskey, onCodes, onChange }: TwoStepsSectionProps) {
  const { t } = useMessages()
  const { enabled: isOn, required: isRequired } = status
  return (
    <section aria-labelledby="two-steps-heading">
      <h2 id="two-steps-heading">
        {t('security.twoSteps.heading')}{' '}
        <span className={isOn ? 'badge' : 'badge badge-warning'}>
          {t(isOn ? 'security.twoSteps.isOn' : 'security.twoSteps.isOff')}
        </span>
      </h2>
      <p className="muted">{t(isOn ? 'security.twoSteps.on' : 'security.twoSteps.off')}</p>
      {isRequired && <p className="muted">{t('security.twoSteps.required')}</p>}
      {!isOn && hasPasskey && <TurnOn onCodes={onCodes} />}
      {isOn && !isRequired && <TurnOff onChange={onChange} />}
    </section>
  )
}

function TurnOn({ onCodes }: Pick<OverviewProps, 'onCodes'>) {
  const { mfa } = useFactors()
  const { t } = useMessages()
  const { refusal, act } = useAct(async () => {})
  const turnOn = async () => {
    const { recovery_codes: codes } = await mfa.enable()
    onCodes(codes, (now) => now.t('security.turnOn.done'))
  }
  return (
    <>
      <AnsweredHint refusal={refusal}>
        <p className="muted">{t('security.turnOn.hint')}</p>
      </AnsweredHint>
      <button type="button" className="quiet" onClick={() => act(turnOn, null)}>
        {t('security.turnOn.action')}
      </button>
    </>
  )
}

function TurnOff({ onChange }: Pick<OverviewProps, 'onChange'>) {
  const { t } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" className="quiet grave" onClick={() => dialog.current?.showModal()}>
        {t('security.turnOff.open')}
      </button>
      <FormDialog dialog={dialog} heading={t('security.turnOff.heading')} keep={t('security.turnOff.keep')}>
        {(keep) => <TurnOffForm keep={keep} onChange={onChange} />}
      </FormDialog>
    </>
  )
}

function TurnOffForm({ keep, onChange }: Pick<OverviewProps, 'onChange'> & { keep: ReactNode }) {
  const { mfa } = useFactors()
  const { t } = useMessages()
  const hasPassword = useOwnPassword()
  const form = useForm({
    fields: ['password'],
    required: hasPassword ? { password: t('field.currentPassword.required') } : {},
    submit: async (values) => {
      await mfa.deactivate(hasPassword ? values : {})
      onChange((now) => now.t('security.turnOff.done'))
      return undefined
    },
  })
  return (
    <Form
      form={form}
      scope="turn-off-"
      action={t('security.turnOff.action')}
      actionSending={t('secondStep.actionSending')}
      isDangerous
      isAnsweredElsewhere
      otherWay={keep}
    >
      <FormHint>
        <p>{t('security.turnOff.text')}</p>
      </FormHint>
      {hasPassword && <CurrentPasswordField />}
    </Form>
  )
}
