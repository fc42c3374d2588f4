import type { StaffEvent } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useCallback } from 'react'
import { EventItem } from '../activity/event-item.tsx'
import { type Pages, usePages } from '../connection/use-pages.ts'
import { PagedList } from '../layout/paged-list.tsx'
import { Link } from '../routing/link.tsx'

const LIMIT = 10

/** Loads the events of a user, page by page. */
export function useAccountEvents(id: string): Pages<StaffEvent> {
  const { events } = useClient().staff
  const load = useCallback(
    async (cursor: string | undefined) => {
      const page = await events.list({ id, cursor, limit: LIMIT })
      return { items: page.events, next_cursor: page.next_cursor }
    },
    [events, id],
  )
  return usePages(load)
}

/** Lists the events of a user. An event caused by staff names the staff member. */
export function AccountEvents({ pages }: { pages: Pages<StaffEvent> }) {
  return (
    <section aria-labelledby="events-heading">
      <h2 id="events-heading">Activity</h2>
      <PagedList
        pages={pages}
        label="Activity"
        empty="Nothing has happened yet."
        render={(event) => <EventItem event={event} actor={describeActor(event)} />}
      />
    </section>
  )
}

/** Links to the staff member who caused the event; undefined for any other actor. */
function describeActor({ actor, actor_id: actorId }: StaffEvent) {
  if (actor !== 'staff' || actorId === null) return undefined
  return <Link to={`/staff/${actorId}`}>by staff</Link>
}
