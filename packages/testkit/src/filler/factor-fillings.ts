import { idOf, NOW, OWNER, SIGNED_UP_AT, secretOf, userIdOf } from './expressions.ts'
import { everyNth, type Filling } from './filling.ts'

/** One user of so many has an app, recovery codes and a passkey. */
const USERS_PER_FACTOR = 20
const CODES = 10
/** With several, the id of a connection finds fewer rows than its user does. So a plan that looks one up shows the primary key. */
const CONNECTIONS = 2

/** The second factors and the accounts at providers. The secrets are noise that nothing opens, so no filled user has its second factor on. */
export const FACTOR_FILLINGS: Filling[] = [
  {
    table: 'totp_factors',
    countRows: everyNth(USERS_PER_FACTOR),
    columns: () => ({
      user_id: userIdOf('n'),
      id: idOf('totp', 'n', SIGNED_UP_AT),
      secret_jwe: secretOf('totp', 260),
      last_step: '58000000',
      confirmed_at: SIGNED_UP_AT,
    }),
  },
  {
    table: 'recovery_codes',
    countRows: (users) => everyNth(USERS_PER_FACTOR)(users) * CODES,
    columns: () => ({
      user_id: userIdOf(`n / ${CODES}`),
      code_hash: `'sha256:' || ${secretOf('code', 43)}`,
      created_at: NOW,
    }),
  },
  {
    table: 'passkeys',
    countRows: everyNth(USERS_PER_FACTOR),
    columns: () => ({
      id: idOf('passkey', 'n', SIGNED_UP_AT),
      user_id: userIdOf(OWNER),
      credential_id: secretOf('credential', 43),
      public_key: secretOf('public', 103),
      sign_count: '0',
      aaguid: `'00000000-0000-0000-0000-000000000000'`,
      rp_id: `'localhost'`,
      backup_eligible: 'true',
      backed_up: 'true',
      name: `'iCloud Keychain'`,
      created_at: SIGNED_UP_AT,
    }),
  },
  {
    table: 'connections',
    countRows: everyNth(5),
    columns: () => ({
      id: idOf('connection', 'n', SIGNED_UP_AT),
      user_id: userIdOf(`n / ${CONNECTIONS}`),
      provider: `'google'`,
      uid: secretOf('subject', 21),
      created_at: SIGNED_UP_AT,
      last_login: SIGNED_UP_AT,
    }),
  },
  {
    table: 'code_attempts',
    countRows: everyNth(100),
    columns: () => ({
      user_id: userIdOf('n'),
      scope: `'anywhere'`,
      window_started_at: NOW,
      in_window: '1',
      in_a_row: '1',
    }),
  },
]
