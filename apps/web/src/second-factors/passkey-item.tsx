import { type ReactNode, useRef } from 'react'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import { useForm } from '../forms/use-form.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Icon } from '../layout/icons.tsx'
import { ignoreGone } from '../session/ignore-gone.ts'
import { FormDialog } from './form-dialog.tsx'
import type { OverviewProps, SecondFactors } from './overview-props.ts'
import { Times } from './times.tsx'
import { useFactors } from './use-factors.ts'

interface PasskeyItemProps extends Pick<OverviewProps, 'onChange'> {
  passkey: NonNullable<SecondFactors['passkeys']>[number]
  /** Whether it is the last second factor of the user. */
  isLast: boolean
}

/** Shows one passkey, with buttons that rename and remove it. */
export function PasskeyItem({ passkey, isLast, onChange }: PasskeyItemProps) {
  const { t } = useMessages()
  const { name, backed_up: isSynced } = passkey
  return (
    <li>
      <Icon name="key" />
      <div className="device">
        <h3>
          <bdi>{name}</bdi>{' '}
          <span className="badge">
            {t(isSynced ? 'security.passkeys.synced' : 'security.passkeys.oneDevice')}
          </span>
        </h3>
        <Times made={passkey.created_at} used={passkey.last_used_at} />
      </div>
      <div className="actions">
        <Rename passkey={passkey} onChange={onChange} />
        <Remove passkey={passkey} isLast={isLast} onChange={onChange} />
      </div>
    </li>
  )
}

function Rename({ passkey, onChange }: Omit<PasskeyItemProps, 'isLast'>) {
  const { t } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button
        type="button"
        className="quiet"
        aria-label={t('security.rename.of', { name: passkey.name })}
        onClick={() => dialog.current?.showModal()}
      >
        {t('security.rename.open')}
      </button>
      <FormDialog dialog={dialog} heading={t('security.rename.heading')} keep={t('confirm.cancel')}>
        {(keep) => <RenameForm passkey={passkey} keep={keep} onChange={onChange} />}
      </FormDialog>
    </>
  )
}

function RenameForm(props: Omit<PasskeyItemProps, 'isLast'> & { keep: ReactNode }) {
  const { keep, onChange } = props
  const { id, name } = props.passkey
  const { passkeys } = useFactors()
  const { t } = useMessages()
  const form = useForm({
    fields: ['name'],
    required: { name: t('security.rename.required') },
    submit: async (values) => {
      await passkeys.rename({ id, name: values.name })
      onChange((now) => now.t('security.rename.done'))
      return undefined
    },
  })
  return (
    <Form
      form={form}
      scope={`${id}-`}
      action={t('profile.save')}
      actionSending={t('profile.saving')}
      otherWay={keep}
    >
      <Field name="name" label={t('security.rename.name')} autoComplete="off" defaultValue={name} />
    </Form>
  )
}

function Remove({ passkey: { id, name }, isLast, onChange }: PasskeyItemProps) {
  const { passkeys } = useFactors()
  const { t } = useMessages()
  const { refusal, act, dialog, ask } = useAskedAct(async () =>
    onChange((now) => now.t.rich('security.remove.done', { passkey: name, name: isolate })),
  )
  const text = t.rich(isLast ? 'security.remove.lastText' : 'security.remove.text', {
    passkey: name,
    name: isolate,
  })
  return (
    <>
      <button
        type="button"
        className="quiet grave"
        aria-label={t('security.remove.of', { name })}
        onClick={ask}
      >
        {t('security.remove.open')}
      </button>
      <ConfirmDialog
        dialog={dialog}
        heading={t('security.remove.heading')}
        text={text}
        action={t('security.remove.action')}
        keep={t('security.remove.keep')}
        refusal={refusal}
        onConfirm={() => act(() => passkeys.delete({ id }).catch(ignoreGone), null)}
      />
    </>
  )
}
