import type { SocialAccount } from '@latchkey/client/social'
import { ConfirmDialog } from '../forms/confirm-dialog.tsx'
import { useAskedAct } from '../forms/use-act.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Icon } from '../layout/icons.tsx'
import { Times } from '../second-factors/times.tsx'
import { ignoreGone } from '../session/ignore-gone.ts'
import { useSettings } from '../session/portal.ts'
import { hasMark, ProviderMark } from './marks.tsx'
import { nameProvider } from './name-provider.ts'
import { useSocial } from './use-social.ts'

interface ConnectionItemProps {
  account: SocialAccount
  onChange: (notice: Sentence) => void
}

/** Shows one account at a provider, with a button that disconnects it. */
export function ConnectionItem({ account, onChange }: ConnectionItemProps) {
  const { t } = useMessages()
  const { providers } = useSettings()
  const { id, provider: providerId, uid } = account
  const provider = nameProvider(providers, providerId)
  return (
    <li>
      {hasMark(providerId) ? (
        <span className={`icon provider-${providerId}`}>
          <ProviderMark id={providerId} />
        </span>
      ) : (
        <Icon name="key" />
      )}
      <div className="device">
        <h2>
          <bdi>{provider}</bdi>
        </h2>
        <p className="muted">{t.rich('connections.uid', { uid, name: isolate })}</p>
        <Times made={account.date_joined} used={account.last_login} />
      </div>
      <Disconnect id={id} uid={uid} provider={provider} onChange={onChange} />
    </li>
  )
}

interface DisconnectProps extends Pick<ConnectionItemProps, 'onChange'> {
  id: string
  uid: string
  provider: string
}

function Disconnect({ id, uid, provider, onChange }: DisconnectProps) {
  const social = useSocial()
  const { t } = useMessages()
  const names = { provider, name: isolate }
  const { refusal, act, dialog, ask } = useAskedAct(async () =>
    onChange((now) => now.t.rich('connections.disconnected', names)),
  )
  return (
    <>
      <button
        type="button"
        className="quiet grave"
        aria-label={t('connections.disconnect.of', { provider, uid })}
        onClick={ask}
      >
        {t('connections.disconnect.open')}
      </button>
      <ConfirmDialog
        dialog={dialog}
        heading={t('connections.disconnect.heading')}
        text={t.rich('connections.disconnect.text', names)}
        action={t('connections.disconnect.action')}
        keep={t('security.remove.keep')}
        refusal={refusal}
        onConfirm={() => act(() => social.disconnect({ id }).catch(ignoreGone), null)}
      />
    </>
  )
}
