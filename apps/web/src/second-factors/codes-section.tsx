import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import type { OverviewProps } from './overview-props.ts'
import { useFactors } from './use-factors.ts'

/** With this many codes or fewer the screen asks for new ones. */
const FEW_CODES = 3

interface CodesSectionProps extends Pick<OverviewProps, 'onCodes'> {
  left: number
}

/** Shows how many recovery codes are left, with a button that makes new ones. */
export function CodesSection({ left, onCodes }: CodesSectionProps) {
  const { mfa } = useFactors()
  const { t } = useMessages()
  const { refusal, act } = useAct(async () => {})
  const areFew = left <= FEW_CODES
  const make = async () => {
    const { recovery_codes: codes } = await mfa.replaceRecoveryCodes()
    onCodes(codes, (now) => now.t('security.codes.done'))
  }
  return (
    <section aria-labelledby="codes-heading">
      <h2 id="codes-heading">{t('codes.list')}</h2>
      <AnsweredHint refusal={refusal}>
        <p className={areFew ? 'notice' : 'muted'}>
          {t('security.codes.left', { count: left })}{' '}
          {t(areFew ? 'security.codes.few' : 'security.codes.hint')}
        </p>
      </AnsweredHint>
      <button type="button" className={areFew ? undefined : 'quiet'} onClick={() => act(make, null)}>
        {t('security.codes.make')}
      </button>
    </section>
  )
}
