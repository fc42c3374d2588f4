import { useClient } from '@latchkey/client/react'
import { useCallback } from 'react'
import { usePages } from '../connection/use-pages.ts'
import { useMessages } from '../languages/language-store.ts'
import { PagedList } from '../layout/paged-list.tsx'
import { Link } from '../routing/link.tsx'
import { EventItem } from './event-item.tsx'

const FIRST = 5
const MORE = 20

/** Lists the latest events of the signed-in user, so that the user can notice events caused by others. */
export function RecentActivity() {
  const client = useClient()
  const { t } = useMessages()
  const load = useCallback(
    async (cursor: string | undefined) => {
      const { events, next_cursor } = await client.securityEvents.list({
        cursor,
        limit: cursor ? MORE : FIRST,
      })
      return { items: events, next_cursor }
    },
    [client],
  )
  return (
    <section aria-labelledby="activity">
      <h2 id="activity">{t('activity.heading')}</h2>
      <p className="muted">
        {t.rich('activity.hint', {
          password: (words) => <Link to="/password">{words}</Link>,
          devices: (words) => <Link to="/sessions">{words}</Link>,
        })}
      </p>
      <PagedList
        pages={usePages(load)}
        label={t('activity.list')}
        empty={t('activity.empty')}
        render={(event) => <EventItem event={event} />}
      />
    </section>
  )
}
