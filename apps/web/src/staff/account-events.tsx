import type { StaffEvent } from '@latchkey/client'
import { useCallback } from 'react'
import { EventItem } from '../activity/event-item.tsx'
import { type Pages, usePages } from '../connection/use-pages.ts'
import { useMessages } from '../languages/language-store.ts'
import { PagedList } from '../layout/paged-list.tsx'
import { useStaff } from './use-staff.ts'

const LIMIT = 10

/** Loads the events of a user, page by page. */
export function useAccountEvents(id: string): Pages<StaffEvent> {
  const { events } = useStaff()
  const load = useCallback(
    async (cursor: string | undefined) => {
      const page = await events.list({ id, cursor, limit: LIMIT })
      return { items: page.events, next_cursor: page.next_cursor }
    },
    [events, id],
  )
  return usePages(load)
}

/** Lists the events of a user. An event that staff caused links to the staff member. */
export function AccountEvents({ pages }: { pages: Pages<StaffEvent> }) {
  const { t } = useMessages()
  return (
    <section aria-labelledby="events-heading">
      <h2 id="events-heading">{t('activity.list')}</h2>
      <PagedList
        pages={pages}
        label={t('activity.list')}
        empty={t('activity.empty')}
        render={(event) => <EventItem event={event} actorId={event.actor_id} />}
      />
    </section>
  )
}
