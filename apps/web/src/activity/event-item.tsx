import type { SecurityEvent } from '@latchkey/client'
import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Icon } from '../layout/icons.tsx'
import { describeDevice, pickDeviceIcon } from '../screens/describe-device.ts'
import { describeEvent, pickEventIcon } from './describe-event.ts'

const ACTORS: Partial<Record<SecurityEvent['actor'], string>> = {
  staff: 'by staff',
  operator: 'by an operator',
}

interface EventItemProps {
  event: SecurityEvent
  /** Who caused the event; the actor that the event names unless given. */
  actor?: ReactNode
}

/** Shows one event: what happened, on which device, from which address, and when. */
export function EventItem({ event, actor = ACTORS[event.actor] }: EventItemProps) {
  const { t, formatRelative, formatTime } = useMessages()
  const hasDevice = event.browser !== null || event.os !== null || event.device !== null
  return (
    <>
      <Icon name={pickEventIcon(event.kind) ?? (hasDevice ? pickDeviceIcon(event) : 'key')} />
      <div className="device">
        <p className="event">
          {describeEvent(event)} {actor}
        </p>
        <p className="muted">
          {hasDevice && <>{describeDevice(event, t)} · </>}
          {event.ip && <>{event.ip} · </>}
          <time dateTime={event.created_at} title={formatRelative(event.created_at)}>
            {formatTime(event.created_at)}
          </time>
        </p>
      </div>
    </>
  )
}
