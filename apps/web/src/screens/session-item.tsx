import type { SessionInfo } from '@latchkey/client'
import { Icon } from '../layout/icons.tsx'
import { describeAge, describeDevice, pickDeviceIcon } from './describe-device.ts'

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

interface SessionItemProps {
  session: SessionInfo
  onEnd: () => void
  /** Where its heading stands in the order of the page. */
  heading?: 'h2' | 'h3'
}

/** One device in the list. */
export function SessionItem({ session, onEnd, heading: Heading = 'h2' }: SessionItemProps) {
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
      <button type="button" className="quiet" onClick={onEnd}>
        Sign out <span className="unseen">{session.current ? 'this device' : name}</span>
      </button>
    </li>
  )
}
