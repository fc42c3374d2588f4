import type { SocialOperations, SocialResult } from '@latchkey/client/social'
import type { PortalSettings } from '@latchkey/contract/portal-settings'
import { useEffect, useEffectEvent } from 'react'
import type { Sentence } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { LoadingScreen } from '../layout/messages.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { ConfirmItIsYou } from '../second-factors/confirm-it-is-you.tsx'
import { openNextStep } from '../second-factors/unfinished-sign-in.ts'
import { useSettings } from '../session/portal.ts'
import { describeFailedCall, describeRefusal } from './describe-outcome.ts'
import { nameProvider } from './name-provider.ts'
import { CONNECTIONS_PATH, type ReturnPlan, readReturnPlan } from './return-address.ts'
import { useSocial } from './use-social.ts'

/** Ends what the page was left for, and opens the page that follows. It takes the place of its entry in the history. */
export function ReturnScreen() {
  const social = useSocial()
  const { query } = useLocation()
  const { providers } = useSettings()
  const end = useEffectEvent(() => endRedirect(social, readReturnPlan(query), providers))
  useEffect(() => void end(), [])
  return (
    <>
      <LoadingScreen />
      {/* A connection may be refused until the person has confirmed it. */}
      <ConfirmItIsYou />
    </>
  )
}

async function endRedirect(
  social: SocialOperations,
  plan: ReturnPlan,
  providers: PortalSettings['providers'],
): Promise<void> {
  try {
    follow(await social.complete(), plan, providers)
  } catch (error) {
    leadBack(plan, describeFailedCall(error, plan.purpose))
  }
}

function follow(result: SocialResult | null, plan: ReturnPlan, providers: PortalSettings['providers']): void {
  const { next } = plan
  // A reload, the back button, or a link of somebody else: this tab waits for nothing.
  if (result === null) open(plan.purpose === 'connect' ? CONNECTIONS_PATH : next, null)
  else if (result.error !== undefined) leadBack(plan, describeRefusal(result.error, result.purpose))
  else if (result.purpose === 'sign_in') openNextStep(result.result, { next, takesPlace: true })
  else if (result.purpose === 'reauthenticate') open(next, ({ t }) => t('providers.confirmed'))
  else {
    const provider = nameProvider(providers, result.account.provider)
    open(CONNECTIONS_PATH, ({ t }) => t.rich('connections.connected', { provider, name: isolate }))
  }
}

/** Leads back to the page that was left, and says why. */
function leadBack({ purpose, next }: ReturnPlan, notice: Sentence): void {
  const state = next === undefined ? {} : { next }
  if (purpose === 'sign_in') navigate('/sign-in', { replace: true, state, notice })
  else open(purpose === 'connect' ? CONNECTIONS_PATH : next, notice)
}

function open(path: string | undefined, notice: Sentence): void {
  navigate(path ?? '/', { replace: true, notice })
}
