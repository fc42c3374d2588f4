import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'

/** Shows when a factor was made, and when it was used last. The title has the exact time. */
export function Times({ made, used }: { made: string; used: string | null }) {
  const { t, formatDay, formatRelative, formatTime } = useMessages()
  const timeAt = (at: string) => (words: ReactNode) => (
    <time dateTime={at} title={formatTime(at)}>
      {words}
    </time>
  )
  return (
    <>
      <p className="muted">{t.rich('security.made', { date: formatDay(made), time: timeAt(made) })}</p>
      <p className="muted">
        {used === null
          ? t('security.neverUsed')
          : t.rich('session.lastUsed', { age: formatRelative(used), time: timeAt(used) })}
      </p>
    </>
  )
}
