import type { ISql } from 'postgres'
import { IDLE_SECONDS, type Subject } from './tokens.ts'

const IP = '127.0.0.1'

/** The columns of a user that a sign-in reads. */
export interface Credentials {
  id: string
  passwordHash: string
  epoch: number
}

/** Stores a user; false when the address is taken. */
export async function insertUser(
  sql: ISql,
  user: { id: string; email: string; passwordHash: string },
): Promise<boolean> {
  const rows = await sql`
    insert into users (id, email, password_hash, first_name, last_name)
    values (${user.id}, ${user.email}, ${user.passwordHash}, 'Ada', 'Lovelace')
    on conflict (email) do nothing returning id`
  return rows.length > 0
}

/** Reads the credentials of an active user. */
export async function findCredentials(sql: ISql, email: string): Promise<Credentials | undefined> {
  const [row] = await sql<Credentials[]>`
    select id, password_hash as "passwordHash", session_epoch as epoch from users
    where email = ${email} and is_active`
  return row
}

/** Stores a session and its event, in one statement, when the user has not changed since its password was checked. */
export async function insertSession(
  sql: ISql,
  user: { id: string; epoch: number },
): Promise<Subject | undefined> {
  const id = crypto.randomUUID()
  const [row] = await sql<Subject[]>`
    with verified as (
      select id, role, email_verified from users
      where id = ${user.id} and session_epoch = ${user.epoch} and is_active for share
    ), opened as (
      insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at, ip)
      select ${id}, id, statement_timestamp(), statement_timestamp(),
        statement_timestamp() + make_interval(secs => ${IDLE_SECONDS}::double precision), ${IP}
      from verified returning created_at
    ), recorded as (
      insert into audit_events (id, user_id, actor, actor_id, kind, session_id, ip, details, created_at)
      select ${crypto.randomUUID()}, id, 'self', id, 'login', ${id}, ${IP}, '{}', statement_timestamp() from verified
    )
    select ${user.id} as "userId", ${id} as "sessionId", 1 as generation, role, email_verified as "emailVerified",
      created_at as "createdAt"
    from verified, opened`
  return row
}

/** Moves a session to its next generation: the statement of Latchkey, with no grace. */
export async function rotateSession(
  sql: ISql,
  presented: { sessionId: string; generation: number },
): Promise<Subject | undefined> {
  const [row] = await sql<Subject[]>`
    with held as (select id, user_id from sessions where id = ${presented.sessionId} limit 1 for no key update)
    update sessions set generation = sessions.generation + 1, rotated_at = clock_timestamp(),
      last_seen_at = statement_timestamp(),
      idle_expires_at = statement_timestamp() + make_interval(secs => ${IDLE_SECONDS}::double precision), ip = ${IP}
    from held join users on users.id = held.user_id and users.is_active
    where sessions.id = held.id and sessions.generation = ${presented.generation}
      and sessions.idle_expires_at > statement_timestamp()
      and (sessions.absolute_expires_at is null or sessions.absolute_expires_at > statement_timestamp())
    returning sessions.user_id as "userId", sessions.id as "sessionId", sessions.generation, users.role,
      users.email_verified as "emailVerified", sessions.created_at as "createdAt"`
  return row
}

/** Reads a user with a session that has not ended. */
export async function findUser(
  sql: ISql,
  named: { userId: string; sessionId: string },
): Promise<object | undefined> {
  const [row] = await sql<object[]>`
    select users.email, users.first_name, users.last_name, users.language from users
    join sessions on sessions.user_id = users.id
    where users.id = ${named.userId} and users.is_active and sessions.id = ${named.sessionId}
      and sessions.idle_expires_at > statement_timestamp()
      and (sessions.absolute_expires_at is null or sessions.absolute_expires_at > statement_timestamp())`
  return row
}
