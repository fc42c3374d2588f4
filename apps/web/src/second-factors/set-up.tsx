import type { SecondFactorSetupRequired as SetUpStep } from '@latchkey/client'
import { add, isSupported } from '@latchkey/client/passkeys'
import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { AppSetUp, type Provisioning } from './app-set-up.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { type AfterSignIn, findHeldSignIn, finishSignIn } from './unfinished-sign-in.ts'
import { runStep, useExpiry } from './use-expiry.ts'
import { useFactors } from './use-factors.ts'

/** Has a second step set up before the sign-in ends, where one is required. */
export function SetUpScreen() {
  const [held] = useState(() => findHeldSignIn('second_factor_setup_required'))
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (held && codes) return <RecoveryCodes codes={codes} onSaved={() => finishSignIn(held.after)} />
  return <Waiting held={held} onCodes={setCodes} />
}

interface SetUpProps {
  held: { step: SetUpStep; after: AfterSignIn }
  onCodes: (codes: readonly string[]) => void
}

function Waiting({ held, onCodes }: { held: SetUpProps['held'] | null; onCodes: SetUpProps['onCodes'] }) {
  useExpiry(held?.step.expiresAt ?? null)
  return held && <SetUp held={held} onCodes={onCodes} />
}

function SetUp({ held: { step, after }, onCodes }: SetUpProps) {
  const client = useClient()
  const { mfa } = useFactors()
  const [provisioning, setProvisioning] = useState<Provisioning | null>(null)
  const setUpChallenge = { setup_challenge_id: step.setupChallengeId }
  /** With a set-up challenge the answer always has codes. */
  const run = async (work: () => Promise<{ recovery_codes?: string[] | undefined }>) => {
    const answer = await runStep(after.next, work)
    if (answer !== null) onCodes(answer.recovery_codes ?? [])
  }
  if (provisioning !== null)
    return (
      <AppSetUp
        provisioning={provisioning}
        onCode={(code) => run(() => mfa.activate({ code, ...setUpChallenge }))}
        onLeave={() => setProvisioning(null)}
      />
    )
  return (
    <Choose
      methods={step.methods}
      onApp={async () => {
        const secret = await runStep(after.next, () => mfa.setup(setUpChallenge))
        if (secret !== null) setProvisioning(secret)
      }}
      onPasskey={() => run(() => add(client, { setupChallengeId: step.setupChallengeId }))}
    />
  )
}

interface ChooseProps {
  methods: readonly string[]
  onApp: () => Promise<void>
  onPasskey: () => Promise<void>
}

function Choose({ methods, onApp, onPasskey }: ChooseProps) {
  const { t } = useMessages()
  const passkey = useAct(async () => {})
  const app = useAct(async () => {})
  const hasPasskeys = methods.includes('passkey') && isSupported()
  return (
    <Screen heading={t('setUp.heading')} icon="key" takesFocus>
      <p>{t('setUp.text')}</p>
      {hasPasskeys && (
        <>
          <h2>{t('security.passkeys.heading')}</h2>
          <AnsweredHint refusal={passkey.refusal}>
            <p className="muted">{t('security.passkeys.text')}</p>
          </AnsweredHint>
          <PasskeyButton
            action={t('security.passkeys.add')}
            isWaiting={passkey.isActing}
            onPress={() => passkey.act(onPasskey, null)}
          />
        </>
      )}
      <h2>{t('security.app.heading')}</h2>
      <AnsweredHint refusal={app.refusal}>
        <p className="muted">{t('security.app.text')}</p>
      </AnsweredHint>
      <button
        type="button"
        className={hasPasskeys ? 'quiet' : undefined}
        onClick={() => app.act(onApp, null)}
      >
        {t('security.app.setUp')}
      </button>
      <ul className="ways">
        <li>
          <Link to="/sign-in">{t('checkMail.backToSignIn')}</Link>
        </li>
      </ul>
    </Screen>
  )
}
