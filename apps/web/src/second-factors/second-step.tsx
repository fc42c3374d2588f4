import type { SecondFactorRequired as SecondStep } from '@latchkey/client'
import { verify } from '@latchkey/client/passkeys'
import { useClient } from '@latchkey/client/react'
import { useEffect, useState } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { holdGuards } from '../session/hold-guards.ts'
import { listWays } from './list-ways.ts'
import { type Proof, Prove } from './prove.tsx'
import { type AfterSignIn, findHeldSignIn, finishSignIn } from './unfinished-sign-in.ts'
import { runStep, useExpiry } from './use-expiry.ts'
import { useFactors } from './use-factors.ts'

/** Asks for the second step of a sign-in. */
export function SecondStepScreen() {
  const [held] = useState(() => findHeldSignIn('second_factor_required'))
  useExpiry(held?.step.expiresAt ?? null)
  return held && <SecondStepForm {...held} />
}

function SecondStepForm({ step, after }: { step: SecondStep; after: AfterSignIn }) {
  const client = useClient()
  const { mfa } = useFactors()
  const { t } = useMessages()
  useEffect(() => {
    // A person who has just typed the password goes on typing.
    document.getElementById('code')?.focus()
  }, [])
  const answer = async (proof: Proof) => {
    if (proof === 'passkey') return verify(client, step)
    const { challengeId } = step
    if ('code' in proof) return mfa.verify({ challenge_id: challengeId, code: proof.code })
    if (!('recovery_code' in proof)) return null
    return mfa.verifyRecovery({ challenge_id: challengeId, recovery_code: proof.recovery_code })
  }
  const prove = (proof: Proof) =>
    holdGuards(async () => {
      if ((await runStep(after.next, () => answer(proof))) !== null) finishSignIn(after)
    })
  return (
    <Screen heading={t('secondStep.heading')} icon="key">
      <Prove ways={listWays(step.methods)} prove={prove}>
        <ul className="ways">
          <li>
            <Link to="/sign-in">{t('checkMail.backToSignIn')}</Link>
          </li>
        </ul>
      </Prove>
    </Screen>
  )
}
