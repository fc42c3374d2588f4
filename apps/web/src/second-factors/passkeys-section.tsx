import { add, isSupported } from '@latchkey/client/passkeys'
import { useClient } from '@latchkey/client/react'
import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import type { OverviewProps, SecondFactors } from './overview-props.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { PasskeyItem } from './passkey-item.tsx'

interface PasskeysSectionProps extends Pick<OverviewProps, 'onChange'> {
  passkeys: NonNullable<SecondFactors['passkeys']>
  /** Whether a sign-in with the password takes a second step. */
  isOn: boolean
  hasApp: boolean
}

/** Lists the passkeys, with a button that adds one. */
export function PasskeysSection({ passkeys, isOn, hasApp, onChange }: PasskeysSectionProps) {
  const client = useClient()
  const { t } = useMessages()
  const { refusal, isActing, act } = useAct(async () => {})
  const create = async () => {
    await add(client)
    onChange((now) => now.t('security.passkeys.added'))
  }
  return (
    <section aria-labelledby="passkeys-heading">
      <h2 id="passkeys-heading">{t('security.passkeys.heading')}</h2>
      <AnsweredHint refusal={refusal}>
        <p className="muted">{t('security.passkeys.text')}</p>
      </AnsweredHint>
      {isSupported() ? (
        <PasskeyButton
          action={t('security.passkeys.add')}
          isWaiting={isActing}
          isQuiet
          onPress={() => act(create, null)}
        />
      ) : (
        <p className="muted">{t('passkey.unsupported')}</p>
      )}
      <ul className="rows" aria-labelledby="passkeys-heading">
        {passkeys.map((passkey) => (
          <PasskeyItem
            key={passkey.id}
            passkey={passkey}
            isLast={isOn && !hasApp && passkeys.length === 1}
            onChange={onChange}
          />
        ))}
      </ul>
    </section>
  )
}
