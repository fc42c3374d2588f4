import type { SocialAccount } from '@latchkey/client/social'
import { useCallback } from 'react'
import { useLoaded } from '../connection/use-loaded.ts'
import { useAct } from '../forms/use-act.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { AnsweredHint } from '../layout/messages.tsx'
import { NotFoundScreen } from '../layout/not-found.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { useDetails } from '../session/use-details.ts'
import { ConnectionItem } from './connection-item.tsx'
import { ProviderButtons } from './provider-buttons.tsx'
import { CONNECTIONS_PATH, writeReturnAddress } from './return-address.ts'
import { useSocial } from './use-social.ts'

/** Shows the accounts at providers that sign the user in, and connects further ones. */
export function ConnectionsScreen() {
  const { providers } = useSettings()
  const { index } = useLocation()
  return providers.length === 0 ? <NotFoundScreen /> : <Connections key={index} />
}

function Connections() {
  const social = useSocial()
  const { t } = useMessages()
  const accounts = useLoaded(useCallback(() => social.accounts(), [social]))
  const details = useDetails()
  /** Shows everything anew, with a sentence at its head. */
  const onChange = (notice: Sentence) => navigate(CONNECTIONS_PATH, { replace: true, notice })
  return (
    <Screen heading={t('connections.heading')}>
      <p className="muted">{t('connections.text')}</p>
      <Loaded {...details}>
        {(user) => (
          <Loaded {...accounts}>
            {(list) => (
              <>
                {!user.has_usable_password && <NoPassword />}
                <ConnectionList accounts={list} onChange={onChange} />
                <Connect />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Screen>
  )
}

/** Without a password the last account cannot be disconnected. Only a mailed link sets one. */
function NoPassword() {
  const { t } = useMessages()
  const { sendsMail } = useSettings()
  if (!sendsMail) return null
  return (
    <p className="notice">
      {t.rich('connections.noPassword', { link: (words) => <Link to="/password">{words}</Link> })}
    </p>
  )
}

interface ConnectionListProps {
  accounts: SocialAccount[]
  onChange: (notice: Sentence) => void
}

function ConnectionList({ accounts, onChange }: ConnectionListProps) {
  const { t } = useMessages()
  if (accounts.length === 0) return <p>{t('connections.none')}</p>
  return (
    <ul className="rows" aria-label={t('connections.heading')}>
      {accounts.map((account) => (
        <ConnectionItem key={account.id} account={account} onChange={onChange} />
      ))}
    </ul>
  )
}

function Connect() {
  const social = useSocial()
  const { t } = useMessages()
  const { providers } = useSettings()
  const { refusal, isActing, act } = useAct(async () => {})
  const connect = (id: string) =>
    act(() => social.connect(id, { returnTo: writeReturnAddress({ purpose: 'connect' }) }), null)
  return (
    <section aria-labelledby="connect-heading">
      <h2 id="connect-heading">{t('connections.connectHeading')}</h2>
      <AnsweredHint refusal={refusal}>
        <p className="muted">{t('connections.connectText')}</p>
      </AnsweredHint>
      <ProviderButtons providers={providers} isWaiting={isActing} onPress={connect} />
    </section>
  )
}
