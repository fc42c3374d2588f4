import type { ReactNode } from 'react'
import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { useLocation } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { ProviderButtons } from './provider-buttons.tsx'
import { writeReturnAddress } from './return-address.ts'
import { useSocial } from './use-social.ts'

interface ProviderSignIn {
  /** The buttons, below those of the other ways; null without a provider. */
  buttons: ReactNode
  /** The sentence of a failure; null without a failure. */
  refusal: ReactNode
  forget: () => void
}

/** Signs in with a provider, or signs up: the page is left, and {@link ReturnScreen} goes on. */
export function useProviderSignIn(): ProviderSignIn {
  const social = useSocial()
  const { providers } = useSettings()
  const { state } = useLocation()
  const { t } = useMessages()
  const { refusal, isActing, act, forget } = useAct(async () => {})
  const press = (id: string) => {
    const returnTo = writeReturnAddress({ purpose: 'sign_in', next: state.next })
    return act(() => social.signIn(id, { returnTo }), null)
  }
  const buttons = providers.length > 0 && (
    <>
      <p className="or">{t('providers.or')}</p>
      <ProviderButtons providers={providers} isWaiting={isActing} onPress={press} />
    </>
  )
  return { buttons: buttons || null, refusal, forget }
}
