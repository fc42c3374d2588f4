import { NOW, OWNER, userIdOf } from './expressions.ts'
import { daysOf, everyNth, type Filling, type FillingSizes, inDays } from './filling.ts'

/** One user of so many was moved in. */
const USERS_PER_IMPORTED = 10

/** What is known of users and sessions that were moved in. An overdue session expired five days ago. */
export function listImportFillings({ overdueShare }: FillingSizes): Filling[] {
  return [
    {
      table: 'imported_users',
      countRows: everyNth(USERS_PER_IMPORTED),
      columns: () => ({
        source: `'old'`,
        old_id: 'n::text',
        user_id: userIdOf('n'),
        row_hash: `sha256(n::text::bytea)`,
        imported_hash: `'{}'`,
        state: `'account'`,
      }),
    },
    {
      table: 'imported_sessions',
      countRows: everyNth(USERS_PER_IMPORTED),
      columns: (rows) => ({
        session_id: `md5('imported ' || n)::uuid`,
        source: `'old'`,
        jti: 'md5(n::text)',
        user_id: userIdOf(OWNER),
        state: `'exchanged'`,
        exchanged_at: NOW,
        expires_at: inDays(daysOf(rows, overdueShare, { overdue: -5, other: 10 })),
      }),
    },
  ]
}
