import { Icon } from '../layout/icons.tsx'
import { describeAge, describeDevice, pickDeviceIcon } from './describe-device.ts'
import type { SessionRow } from './session-rows.ts'

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

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
  const name = describeDevice(session)
  return (
    <li>
      <Icon name={pickDeviceIcon(session)} />
      <div className="device">
        <Heading>
          {name} {session.current && <span className="badge">This device</span>}
        </Heading>
        <p className="muted">
          Last seen{' '}
          <time dateTime={session.last_seen_at} title={moments.format(new Date(session.last_seen_at))}>
            {describeAge(session.last_seen_at)}
          </time>
          {session.ip && <> · {session.ip}</>}
        </p>
        <p className="muted">
          Signed in{' '}
          <time dateTime={session.created_at} title={moments.format(new Date(session.created_at))}>
            {days.format(new Date(session.created_at))}
          </time>
        </p>
      </div>
      <div className="stack">
        {hasEnded && <span className="muted">Signed out</span>}
        <button type="button" className={hasEnded ? 'quiet away' : 'quiet'} onClick={onEnd}>
          Sign out <span className="unseen">{session.current ? 'this device' : name}</span>
        </button>
      </div>
    </li>
  )
}
