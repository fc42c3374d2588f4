import type { SessionInfo } from '@latchkey/client'
import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Icon } from '../layout/icons.tsx'
import { describeDevice, pickDeviceIcon } from './describe-device.ts'
import type { SessionRow } from './session-rows.ts'

interface SessionItemProps {
  row: SessionRow
  onEnd: () => void
  /** The level of the heading; `h2` unless given. */
  heading?: 'h2' | 'h3'
}

/** Shows one device of the list. The place of its button stays when the device is signed out. */
export function SessionItem({
  row: { session, hasEnded },
  onEnd,
  heading: Heading = 'h2',
}: SessionItemProps) {
  const { t } = useMessages()
  const device = describeDevice(session, t)
  const act = session.current ? t('session.signOutThisDevice') : t('session.signOutDevice', { device })
  return (
    <li>
      <Icon name={pickDeviceIcon(session)} />
      <div className="device">
        <Heading>
          {device} {session.current && <span className="badge">{t('session.thisDevice')}</span>}
        </Heading>
        <Times session={session} />
      </div>
      <div className="stack">
        {hasEnded && <span className="muted">{t('session.signedOut')}</span>}
        <button type="button" className={hasEnded ? 'quiet away' : 'quiet'} onClick={onEnd} aria-label={act}>
          {t('session.signOut')}
        </button>
      </div>
    </li>
  )
}

function fromLeft(address: ReactNode): ReactNode {
  return <span dir="ltr">{address}</span>
}

/** Shows when a device was used last, in words, and since when it is signed in. The title has the exact time. */
function Times({
  session: { ip, last_seen_at: lastSeenAt, created_at: createdAt },
}: {
  session: SessionInfo
}) {
  const { t, formatDay, formatRelative, formatTime } = useMessages()
  const timeAt = (at: string) => (words: ReactNode) => (
    <time dateTime={at} title={formatTime(at)}>
      {words}
    </time>
  )
  const lastUsed = { age: formatRelative(lastSeenAt), time: timeAt(lastSeenAt) }
  return (
    <>
      <p className="muted">
        {ip
          ? t.rich('session.lastUsedFrom', { ...lastUsed, address: ip, ip: fromLeft })
          : t.rich('session.lastUsed', lastUsed)}
      </p>
      <p className="muted">
        {t.rich('session.signedIn', { date: formatDay(createdAt), time: timeAt(createdAt) })}
      </p>
    </>
  )
}
