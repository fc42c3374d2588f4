import { idOf, NOW, OWNER, oneOf, secretOf, timeOf, userIdOf } from './expressions.ts'
import {
  DEVICE,
  daysOf,
  everyNth,
  FIRST_NAMES,
  type Filling,
  type FillingSizes,
  inDays,
  LAST_NAMES,
} from './filling.ts'

const OWNER_ID = userIdOf(OWNER)
const lately = (rows: number) => timeOf('n', rows, { fromDays: 3, toDays: 0 })

/** Networks, pending sign-ups, links, waiting sign-ins and counters. */
export function listLinkFillings({ overdueShare }: FillingSizes): Filling[] {
  const ofDays = (rows: number, overdue: number, other: number) =>
    inDays(daysOf(rows, overdueShare, { overdue, other }))
  return [
    {
      table: 'known_networks',
      countRows: (users) => users,
      columns: (rows) => ({
        user_id: OWNER_ID,
        network: secretOf('network', 43),
        seen_at: ofDays(rows, -40, -10),
      }),
    },
    {
      table: 'pending_registrations',
      countRows: everyNth(20),
      columns: (rows) => ({
        id: idOf('registration', 'n', lately(rows)),
        email: `'sign-up-' || n || '@filled.example'`,
        password_hash: `current_setting('filler.password_hash')`,
        first_name: oneOf(FIRST_NAMES, 'n'),
        last_name: oneOf(LAST_NAMES, 'n / 10'),
        browser: DEVICE.browser,
        os: DEVICE.os,
        network: `'203.0.113.0/24'`,
        created_at: lately(rows),
        expires_at: ofDays(rows, -1, 2),
      }),
    },
    {
      table: 'capabilities',
      countRows: everyNth(10),
      columns: (rows) => ({
        token_hash: secretOf('link', 43),
        purpose: oneOf(['verify_email', 'reset_password', 'change_email', 'none'], 'n'),
        user_id: `case when n % 4 < 3 then ${OWNER_ID} end`,
        email: `'user-' || ${OWNER} || '@filled.example'`,
        created_at: lately(rows),
        expires_at: ofDays(rows, -3, 2),
      }),
    },
    {
      table: 'ceremonies',
      countRows: everyNth(100),
      columns: (rows) => ({
        token_hash: secretOf('ceremony', 43),
        kind: `'second_factor'`,
        user_id: OWNER_ID,
        verified_epoch: '0',
        method: `'password'`,
        created_at: lately(rows),
        expires_at: ofDays(rows, -1, 0.003),
      }),
    },
    {
      table: 'provider_attempts',
      countRows: everyNth(100),
      columns: (rows) => ({
        state_hash: secretOf('state', 43),
        provider: `'google'`,
        return_to: `'https://app.filled.example/signed-in?lk_attempt=' || n`,
        code_challenge: secretOf('challenge', 43),
        browser_hash: secretOf('browser', 43),
        created_at: lately(rows),
        expires_at: ofDays(rows, -1, 0.003),
      }),
    },
    {
      table: 'throttle_counters',
      countRows: everyNth(10),
      columns: () => ({
        key: `'latchkey:login:' || ${secretOf('counter', 43)}`,
        points: '1 + n % 5',
        expire: `(extract(epoch from ${NOW}) * 1000)::bigint + 3600000`,
      }),
    },
  ]
}
