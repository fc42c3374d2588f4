import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { useMemo } from 'react'
import { usePages } from '../connection/use-pages.ts'
import { useMessages } from '../languages/language-store.ts'
import { PagedList } from '../layout/paged-list.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useLocation } from '../routing/router.ts'
import { readAccountFilter, toRequest } from './account-filter.ts'
import { AccountItem } from './account-item.tsx'
import { AccountSearch } from './account-search.tsx'
import { loadAccounts } from './load-accounts.ts'
import type { Me } from './reach.ts'
import { useStaff } from './use-staff.ts'

/** Lists all users, newest first. A search and filters narrow the list. */
export function AccountsScreen({ me }: { me: Me }) {
  const { users } = useStaff()
  const { t } = useMessages()
  const { query } = useLocation()
  const filter = useMemo(() => readAccountFilter(query), [query])
  const load = useMemo(() => {
    // The pages of one list count their days from the same time.
    const request = toRequest(filter, Date.now())
    return (cursor: string | undefined) => loadAccounts(users.list, request, cursor)
  }, [users, filter])
  const pages = usePages(load)
  return (
    <Screen heading={t('staff.heading')}>
      {me.role === SUPERUSER_ROLE && (
        <p>
          <Link to="/staff/create">{t('staff.create.link')}</Link>
        </p>
      )}
      <AccountSearch filter={filter} onSame={pages.reload} />
      <PagedList
        key={query}
        pages={pages}
        label={t('staff.heading')}
        isResult
        empty={pages.hasMore ? t('staff.emptySoFar') : t('staff.empty')}
        render={(account) => <AccountItem account={account} />}
      />
    </Screen>
  )
}
