import { PORTAL_RETURN_PATH } from '@latchkey/contract/portal-settings'
import { useEffect, useState } from 'react'
import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import { useLocation } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { ProviderButtons } from './provider-buttons.tsx'
import { CONNECTIONS_PATH, writeReturnAddress } from './return-address.ts'
import { useSocial } from './use-social.ts'

/**
 * Finds the providers by which the user can confirm it.
 *
 * @param isAsked - whether the server offers this way; else nothing is loaded
 * @returns null until they are known. When the list cannot be loaded, all providers of the settings may be tried
 */
export function useConnectedProviders(isAsked: boolean) {
  const social = useSocial()
  const { providers } = useSettings()
  const [ids, setIds] = useState<readonly string[] | null>(null)
  useEffect(() => {
    if (!isAsked) return
    social.accounts().then(
      (accounts) => setIds(accounts.map(({ provider }) => provider)),
      () => setIds(providers.map(({ id }) => id)),
    )
  }, [social, providers, isAsked])
  if (!isAsked) return []
  return ids && providers.filter(({ id }) => ids.includes(id))
}

interface ConfirmWithProviderProps {
  providers: readonly { id: string; name: string }[]
}

/** Confirms by an account at a provider that it is the user. The page is left, and opened again after it. */
export function ConfirmWithProvider({ providers }: ConfirmWithProviderProps) {
  const social = useSocial()
  const { t } = useMessages()
  const { path, query } = useLocation()
  const { refusal, isActing, act } = useAct(async () => {})
  // What waits on the page of a return is lost with it. Its own page follows.
  const next = path === PORTAL_RETURN_PATH ? CONNECTIONS_PATH : path + query
  const confirm = (id: string) => {
    const returnTo = writeReturnAddress({ purpose: 'reauthenticate', next })
    return act(() => social.reauthenticate(id, { returnTo }), null)
  }
  return (
    <>
      <AnsweredHint refusal={refusal}>
        <p className="muted">{t('confirm.provider.text')}</p>
      </AnsweredHint>
      <ProviderButtons providers={providers} isWaiting={isActing} onPress={confirm} />
    </>
  )
}
