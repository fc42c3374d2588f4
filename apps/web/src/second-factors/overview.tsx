import { useCallback } from 'react'
import { useLoaded } from '../connection/use-loaded.ts'
import { useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { useSettings } from '../session/portal.ts'
import { AppSection } from './app-section.tsx'
import { CodesSection } from './codes-section.tsx'
import type { OverviewProps, SecondFactors } from './overview-props.ts'
import { PasskeysSection } from './passkeys-section.tsx'
import { TwoStepsSection } from './two-steps-section.tsx'
import { useFactors } from './use-factors.ts'

/** Shows every second step of the signed-in user. The list that grows comes last. */
export function Overview(props: OverviewProps) {
  const { t } = useMessages()
  return (
    <Screen heading={t('security.heading')}>
      <Loaded {...useSecondFactors()}>{(factors) => <Sections {...factors} {...props} />}</Loaded>
    </Screen>
  )
}

function Sections({ status, authenticators, passkeys, ...props }: SecondFactors & OverviewProps) {
  const app = authenticators.find(({ type }) => type === 'totp') ?? null
  return (
    <>
      {status && (
        <>
          <TwoStepsSection status={status} hasPasskey={(passkeys ?? []).length > 0} {...props} />
          <AppSection app={app} {...props} />
          {status.enabled && <CodesSection left={status.recovery_codes_left} {...props} />}
        </>
      )}
      {passkeys && (
        <PasskeysSection
          passkeys={passkeys}
          isOn={status?.enabled ?? false}
          hasApp={app !== null}
          {...props}
        />
      )}
    </>
  )
}

function useSecondFactors() {
  const { mfa, passkeys } = useFactors()
  const { mfaMode, passkeysEnabled } = useSettings()
  const load = useCallback(async (): Promise<SecondFactors> => {
    const isOff = mfaMode === 'disabled'
    const [status, authenticators, list] = await Promise.all([
      isOff ? null : mfa.status(),
      isOff ? [] : mfa.authenticators(),
      passkeysEnabled ? passkeys.list() : null,
    ])
    return { status, authenticators, passkeys: list?.passkeys ?? null }
  }, [mfa, passkeys, mfaMode, passkeysEnabled])
  return useLoaded(load)
}
