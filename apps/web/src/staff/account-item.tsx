import type { StaffAccount } from '@latchkey/client'
import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Link } from '../routing/link.tsx'
import { AccountBadges } from './account-badges.tsx'
import { readName } from './read-name.ts'

/** Shows one user of the list: the person, the address, what is out of the ordinary, and two times. */
export function AccountItem({ account }: { account: StaffAccount }) {
  const name = readName(account)
  return (
    <div className="account-item">
      <div className="person">
        <Link to={`/staff/${account.id}`} className="name">
          {name && <bdi className="person-name">{name}</bdi>}{' '}
          <bdi className={name ? 'person-address' : 'person-name'}>{account.email}</bdi>
        </Link>
        <p className="badges">
          <AccountBadges account={account} />
        </p>
      </div>
      <AccountTimes account={account} />
    </div>
  )
}

function AccountTimes({ account: { created_at: created, last_seen_at: seen } }: { account: StaffAccount }) {
  const { t, formatDay, formatRelative, formatTime } = useMessages()
  const timeAt = (at: string) => (words: ReactNode) => (
    <time dateTime={at} title={formatTime(at)}>
      {words}
    </time>
  )
  return (
    <div className="account-times muted">
      <p>
        {seen === null
          ? t('staff.notSignedIn')
          : t.rich('staff.lastSeen', { age: formatRelative(seen), time: timeAt(seen) })}
      </p>
      <p>{t.rich('staff.created', { date: formatDay(created), time: timeAt(created) })}</p>
    </div>
  )
}
