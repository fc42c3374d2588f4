import { useAct } from '../forms/use-act.ts'
import { useMessages } from '../languages/language-store.ts'
import { AnsweredHint } from '../layout/messages.tsx'
import type { OverviewProps } from './overview-props.ts'
import { Times } from './times.tsx'
import { useFactors } from './use-factors.ts'

interface AppSectionProps extends Pick<OverviewProps, 'onApp'> {
  /** Null when no authenticator app is set up. */
  app: { created_at: string; last_used_at: string | null } | null
}

/** Shows the authenticator app, with a button that sets one up or another one in its place. */
export function AppSection({ app, onApp }: AppSectionProps) {
  const { mfa } = useFactors()
  const { t } = useMessages()
  const { refusal, act } = useAct(async () => {})
  const begin = async () => onApp(await mfa.setup({ replace: app !== null }))
  return (
    <section aria-labelledby="app-heading">
      <h2 id="app-heading">{t('security.app.heading')}</h2>
      <AnsweredHint refusal={refusal}>
        {app === null ? (
          <p className="muted">{t('security.app.text')}</p>
        ) : (
          <Times made={app.created_at} used={app.last_used_at} />
        )}
      </AnsweredHint>
      <button type="button" className="quiet" onClick={() => act(begin, null)}>
        {t(app === null ? 'security.app.setUp' : 'security.app.replace')}
      </button>
    </section>
  )
}
