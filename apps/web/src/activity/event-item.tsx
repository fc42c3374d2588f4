import type { SecurityEvent } from '@latchkey/client'
import type { ReactNode } from 'react'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Icon } from '../layout/icons.tsx'
import { Link } from '../routing/link.tsx'
import { describeDevice, pickDeviceIcon } from '../screens/describe-device.ts'
import { describeEvent, pickEventIcon } from './describe-event.ts'

interface EventItemProps {
  event: SecurityEvent
  /** The user who caused the event, where staff see the event. A staff member gets a link. */
  actorId?: string | null
}

/** Shows one event: what happened, on which device, from which address, when, and by whom if not by the user. */
export function EventItem({ event, actorId = null }: EventItemProps) {
  const { t, formatRelative, formatTime } = useMessages()
  const hasDevice = event.browser !== null || event.os !== null || event.device !== null
  const at = event.created_at
  return (
    <>
      <Icon name={pickEventIcon(event.kind) ?? (hasDevice ? pickDeviceIcon(event) : 'key')} />
      <div className="device">
        <p className="event">{describeEvent(event, t)}</p>
        <p className="muted notes">
          <Actor actor={event.actor} id={actorId} />
          {hasDevice && isolate(describeDevice(event, t))}
          {event.ip && <span dir="ltr">{event.ip}</span>}
          <time dateTime={at} title={formatRelative(at)}>
            {formatTime(at)}
          </time>
        </p>
      </div>
    </>
  )
}

function Actor({ actor, id }: { actor: SecurityEvent['actor']; id: string | null }): ReactNode {
  const { t } = useMessages()
  if (actor === 'operator') return <span>{t('activity.byOperator')}</span>
  if (actor !== 'staff') return null
  if (id === null) return <span>{t('activity.byStaff')}</span>
  return <Link to={`/staff/${id}`}>{t('activity.byStaff')}</Link>
}
