import type { Context } from '@latchkey/core'
import {
  DJANGO_ACCESS_SECONDS,
  DJANGO_REFRESH_SECONDS,
  DJANGO_SECRET_KEY,
  newDjangoId,
  signDjangoToken,
} from './django-tokens.ts'
import { type Person, signUp } from './people.ts'
import type { TestDatabase } from './test-database.ts'

/** The settings with which a test core accepts its tokens. */
export const OLD_TOKENS = {
  algorithm: 'HS256',
  key: DJANGO_SECRET_KEY,
  issuer: null,
  audience: null,
} as const

/** The name of the source in the tables of the import. */
export const OLD_SOURCE = 'old-deployment/jwt_allauth_jauser'

/** What the old deployment knows of one session. */
export interface OldSession {
  /** The key of the user there. */
  externalId: string
  session: string
  /** The `jti` of the current refresh token. */
  jti: string
  begun: number
}

/** The claims of a token of release 1.5.1. */
export function describeOldClaims(old: OldSession, type: 'access' | 'refresh', issuedAt = old.begun) {
  return {
    token_type: type,
    exp: issuedAt + (type === 'access' ? DJANGO_ACCESS_SECONDS : DJANGO_REFRESH_SECONDS),
    iat: issuedAt,
    jti: type === 'refresh' ? old.jti : newDjangoId(),
    user_id: old.externalId,
    session: old.session,
    session_iat: old.begun,
    role: 0,
    email_verified: true,
  }
}

/** A user that was moved in, and one session with the pair of tokens that its client holds. */
export interface MovedPerson extends Omit<Person, 'tokens'> {
  old: OldSession
  tokens: { access: string; refresh: string }
}

interface MovingIn {
  ctx: Context
  database: TestDatabase
}

let lastKey = 0

/** Moves a user in with one session that waits for its old token, as a final run of an import leaves it. */
export async function moveIn(
  { ctx, database }: MovingIn,
  { finish = true, externalId = String(++lastKey) }: { finish?: boolean; externalId?: string } = {},
): Promise<MovedPerson> {
  const { tokens: _, ...person } = await signUp(ctx)
  await database.sql`delete from sessions where user_id = ${person.userId}`
  await database.sql`update users set external_id = ${externalId}, email_verified = true where id = ${person.userId}`
  const moved = await moveSessionIn({ ctx, database }, { ...person, externalId })
  if (finish) await finishImport(database)
  return { ...person, ...moved }
}

/** Moves one more session of a user in. */
export async function moveSessionIn(
  { ctx, database }: MovingIn,
  person: { userId: string; externalId: string },
): Promise<Pick<MovedPerson, 'old' | 'tokens' | 'sessionId'>> {
  const begun = ctx.clock.epochSeconds() - 600
  const old = { externalId: person.externalId, session: newDjangoId(), jti: newDjangoId(), begun }
  const [row] = await database.sql<{ id: string }[]>`
    insert into sessions (id, user_id, generation, created_at, last_seen_at, idle_expires_at, ip, browser, os)
    select ${old.session}::uuid, ${person.userId}, 0, created, created, created + interval '90 days', '198.51.100.7',
      'Firefox', 'Linux'
    from to_timestamp(${begun + 60}) created returning id`
  const sessionId = row?.id as string
  await database.sql`
    insert into imported_sessions (session_id, source, jti, user_id, expires_at)
    values (${sessionId}, ${OLD_SOURCE}, ${old.jti}, ${person.userId}, to_timestamp(${begun}) + interval '90 days')`
  const tokens = {
    access: signDjangoToken(describeOldClaims(old, 'access')),
    refresh: signDjangoToken(describeOldClaims(old, 'refresh')),
  }
  return { old, tokens, sessionId }
}

/** Records a run of the import; a final one that has finished unless said otherwise. */
export async function finishImport(
  database: TestDatabase,
  { final = true, finished = true }: { final?: boolean; finished?: boolean } = {},
): Promise<void> {
  await database.sql`
    insert into imports (id, source, kind, started_at, finished_at, final)
    values (${crypto.randomUUID()}, ${OLD_SOURCE}, 'django', clock_timestamp(),
      ${finished ? new Date() : null}, ${final})`
}
