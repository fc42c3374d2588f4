import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/** One staged user: the columns of `users`, and what decides about it. A value of null is SQL's. */
export interface StagedUser {
  /** The place in the source, from 1. */
  n: number
  oldId: string
  userId: string
  externalId: string | null
  /** Normalised; empty for none. */
  email: string
  emailVerified: boolean
  firstName: string
  lastName: string
  role: number
  isActive: boolean
  createdAt: Date | null
  lastLogin: Date | null
  passwordHash: string
  passwordForm: number
  /** What a check of the password costs; null for our own hashes and for none. */
  work: string | null
  language: string | null
  secretJwe: string | null
  /** With blanks between them. */
  codeHashes: string | null
  factorDigest: string
  /** JSON: a list of `provider`, `uid`, `created_at` and `last_login`. */
  connections: string | null
  /** Hexadecimal. */
  rowHash: string
  /** `account`, `pending`, or the word for why the user is left out. */
  verdict: string
}

/** One staged session. */
export interface StagedSession {
  n: number
  sessionId: string
  jti: string
  oldUserId: string
  createdAt: Date
  expiresAt: Date
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** The order of the columns in the text of a copy. */
const USER_COLUMNS: readonly [keyof StagedUser, string][] = [
  ['n', 'n integer'],
  ['oldId', 'old_id text'],
  ['userId', 'user_id uuid'],
  ['externalId', 'external_id text'],
  ['email', 'email text'],
  ['emailVerified', 'email_verified boolean'],
  ['firstName', 'first_name text'],
  ['lastName', 'last_name text'],
  ['role', 'role integer'],
  ['isActive', 'is_active boolean'],
  ['createdAt', 'created_at timestamptz'],
  ['lastLogin', 'last_login timestamptz'],
  ['passwordHash', 'password_hash text'],
  ['passwordForm', 'password_form smallint'],
  ['work', 'work text'],
  ['language', 'language text'],
  ['secretJwe', 'secret_jwe text'],
  ['codeHashes', 'code_hashes text'],
  ['factorDigest', 'factor_digest text'],
  ['connections', 'connections json'],
  ['rowHash', 'row_hash bytea'],
  ['verdict', 'verdict text'],
]

const SESSION_COLUMNS: readonly [keyof StagedSession, string][] = [
  ['n', 'n integer'],
  ['sessionId', 'session_id uuid'],
  ['jti', 'jti text'],
  ['oldUserId', 'old_user_id text'],
  ['createdAt', 'created_at timestamptz'],
  ['expiresAt', 'expires_at timestamptz'],
  ['ip', 'ip text'],
  ['browser', 'browser text'],
  ['os', 'os text'],
  ['device', 'device text'],
]

const SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export const COPY_USERS = `copy staged_users (${namesOf(USER_COLUMNS)}) from stdin`
export const COPY_SESSIONS = `copy staged_sessions (${namesOf(SESSION_COLUMNS)}) from stdin`

/** A line of {@link COPY_USERS}. */
export function writeUserLine(user: StagedUser): string {
  return writeLine(USER_COLUMNS.map(([name]) => user[name]))
}

/** A line of {@link COPY_SESSIONS}. */
export function writeSessionLine(session: StagedSession): string {
  return writeLine(SESSION_COLUMNS.map(([name]) => session[name]))
}

/**
 * Makes the tables of one import on its connection. They are gone with the connection, so an import that was killed
 * leaves nothing of them.
 */
export async function createStaging(db: Database): Promise<void> {
  const [users, sessions] = [USER_COLUMNS, SESSION_COLUMNS].map((columns) =>
    columns.map(([, column]) => column).join(', '),
  )
  const made = "made text[] not null default '{}', kept text[] not null default '{}'"
  for (const statement of [
    `create temporary table staged_users (${users}, other text, unproven uuid)`,
    `create temporary table staged_sessions (${sessions})`,
    `create temporary table staged_changes (n integer primary key, user_id uuid not null, ${made}) on commit delete rows`,
    'create temporary table staged_ends (session_id uuid primary key, user_id uuid not null, n serial)',
  ])
    await db.execute(sql.raw(statement))
}

/** Makes the staged rows quick to find, after the last one was copied. */
export async function indexStaging(db: Database): Promise<void> {
  for (const statement of [
    'create unique index on staged_users (n)',
    'create index on staged_users (old_id)',
    'create index on staged_users (email)',
    'create index on staged_sessions (n)',
    'create index on staged_sessions (old_user_id)',
    'create index on staged_sessions (session_id)',
    'analyze staged_users',
    'analyze staged_sessions',
  ])
    await db.execute(sql.raw(statement))
}

function namesOf(columns: readonly [string, string][]): string {
  return columns.map(([, column]) => column.split(' ', 1)[0]).join(', ')
}

/** A line of the text format of COPY. */
function writeLine(values: (string | number | boolean | Date | null)[]): string {
  return `${values.map(writeValue).join('\t')}\n`
}

function writeValue(value: string | number | boolean | Date | null): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return value.replace(SPECIAL, (sign) => ESCAPES[sign] ?? '')
  return value instanceof Date ? value.toISOString() : String(value)
}
