import { idOf, OWNER, oneOf, SIGNED_UP_AT, timeOf, userIdOf } from './expressions.ts'
import {
  DEVICE,
  daysOf,
  FIRST_NAMES,
  type Filling,
  type FillingSizes,
  IP,
  inDays,
  LAST_NAMES,
} from './filling.ts'

const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const OWNER_ID = userIdOf(OWNER)

/** The users. One in 100,000 is a superuser, one in 10,000 is staff. */
export const USER_FILLING: Filling = {
  table: 'users',
  countRows: (users) => users,
  columns: () => ({
    id: userIdOf('n'),
    external_id: 'case when n % 10 = 3 then n::text end',
    email: `'user-' || n || '@filled.example'`,
    password_hash: `current_setting('filler.password_hash')`,
    first_name: oneOf(FIRST_NAMES, 'n'),
    last_name: oneOf(LAST_NAMES, 'n / 10'),
    role: 'case when n % 100000 = 1 then 900 when n % 10000 = 2 then 1000 else 0 end',
    is_active: 'n % 50 <> 49',
    email_verified: 'n % 20 <> 19',
    created_at: SIGNED_UP_AT,
    updated_at: SIGNED_UP_AT,
  }),
}

/** The sessions. An overdue one expired five days ago. */
export function fillSessions({ sessionsPerUser, overdueShare }: FillingSizes): Filling {
  return {
    table: 'sessions',
    countRows: (users) => users * sessionsPerUser,
    columns: (rows) => {
      const createdAt = timeOf('n', rows, { fromDays: 59, toDays: 0 })
      return {
        id: idOf('session', 'n', createdAt),
        user_id: OWNER_ID,
        generation: '1 + n % 40',
        rotated_at: createdAt,
        created_at: createdAt,
        last_seen_at: createdAt,
        idle_expires_at: inDays(daysOf(rows, overdueShare, { overdue: -5, other: 10 })),
        ip: IP,
        user_agent: `'${AGENT}'`,
        ...DEVICE,
      }
    },
  }
}

/** The events, in the order of their times as servers write them. An overdue one is older than a year. */
export function fillEvents({ eventsPerUser, overdueShare }: FillingSizes): Filling {
  return {
    table: 'audit_events',
    countRows: (users) => users * eventsPerUser,
    columns: (rows) => {
      const days = daysOf(rows, overdueShare, { overdue: 400, other: 0 })
      const createdAt = `(${timeOf('n', rows, { fromDays: 59, toDays: 0 })} - interval '1 day' * ${days})`
      return {
        id: idOf('event', 'n', createdAt),
        user_id: OWNER_ID,
        actor: `case when n % 1000 = 0 then 'staff' else 'self' end`,
        actor_id: `case when n % 1000 = 0 then ${userIdOf('2')} else ${OWNER_ID} end`,
        kind: oneOf(['login', 'login', 'login', 'logout', 'password_changed'], 'n'),
        session_id: idOf('session', 'n', createdAt),
        ip: IP,
        ...DEVICE,
        details: `'{"method": "password", "second": "none"}'`,
        created_at: createdAt,
      }
    },
  }
}
