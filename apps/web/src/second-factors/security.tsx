import { useState } from 'react'
import type { Sentence } from '../languages/create-messages.ts'
import { NotFoundScreen } from '../layout/not-found.tsx'
import { navigate, useLocation } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { AppSetUp, type Provisioning } from './app-set-up.tsx'
import { Overview } from './overview.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useFactors } from './use-factors.ts'

/** What the screen shows. Secrets and codes are in no history: a reload shows the overview. */
type View =
  | { name: 'overview' }
  | { name: 'app'; provisioning: Provisioning }
  | { name: 'codes'; codes: readonly string[]; notice: Sentence }

const OVERVIEW: View = { name: 'overview' }

/** Shows how the signed-in user signs in, besides the password. */
export function SecurityScreen() {
  const { mfaMode, passkeysEnabled } = useSettings()
  return mfaMode === 'disabled' && !passkeysEnabled ? <NotFoundScreen /> : <Security />
}

function Security() {
  const { mfa } = useFactors()
  const { index } = useLocation()
  const [view, setView] = useState(OVERVIEW)
  /** Shows everything anew, with a sentence at its head. */
  const onChange = (notice: Sentence) => {
    setView(OVERVIEW)
    navigate('/security', { replace: true, notice })
  }
  /** Shows another view, without the sentence of the last change. */
  const show = (next: View) => {
    setView(next)
    navigate('/security', { replace: true })
  }
  const onCodes = (codes: readonly string[] | undefined, notice: Sentence) =>
    codes === undefined ? onChange(notice) : show({ name: 'codes', codes, notice })
  if (view.name === 'codes') return <RecoveryCodes codes={view.codes} onSaved={() => onChange(view.notice)} />
  if (view.name === 'app')
    return (
      <AppSetUp
        provisioning={view.provisioning}
        onCode={async (code) => {
          const { recovery_codes: codes } = await mfa.activate({ code })
          onCodes(codes, (now) => now.t('security.app.done'))
        }}
        onLeave={() => onChange(null)}
      />
    )
  return (
    <Overview
      key={index}
      onApp={(provisioning) => show({ name: 'app', provisioning })}
      onCodes={onCodes}
      onChange={onChange}
    />
  )
}
