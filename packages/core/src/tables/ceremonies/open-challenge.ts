import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { insertEventFrom, type NewAuditEvent } from '../audit-events/statements.ts'
import type { PendingConnection } from './schema.ts'

/** A passkey as a browser must know it to ask for it. */
export interface AllowedPasskey {
  /** The id that the authenticator chose, base64url. */
  id: string
  /** Words of WebAuthn with blanks between them. */
  transports: string
}

/** The factors of a user that work under these settings. */
export interface UsableFactors {
  totp: boolean
  recoveryCode: boolean
  /** The oldest first. Empty while passkeys are disabled. */
  passkeys: AllowedPasskey[]
}

/** Where the factors of a user are looked up. */
export interface FactorScope {
  userId: UserId
  /** The domain whose passkeys work; null while passkeys are disabled. */
  rpId: string | null
}

/** A sign-in that waits for its second step. */
export interface NewChallenge extends FactorScope {
  tokenHash: string
  /** The user's `session_epoch` at the time of the credential check. */
  verifiedEpoch: number
  /** What the first factor was. */
  method: string
  /** The account at a provider that the second step connects; null for none. */
  pendingConnection: PendingConnection | null
  /** How long it waits for a factor that the user has. */
  answerSeconds: number
  /** How long it waits for a set-up. */
  setupSeconds: number
  event: NewAuditEvent
}

/** A stored challenge. */
export interface OpenedChallenge extends UsableFactors {
  kind: 'second_factor' | 'setup'
}

/** The columns of {@link UsableFactors} for a user, as expressions over an expression for its id. */
function selectFactors(userId: SQL, rpId: string | null): SQL {
  return sql`
    exists (select from totp_factors where user_id = ${userId} and confirmed_at is not null) as totp,
    exists (select from recovery_codes where user_id = ${userId} and used_at is null) as "recoveryCode",
    coalesce((
      select json_agg(json_build_object('id', credential_id, 'transports', transports) order by created_at, id)
      from passkeys where user_id = ${userId} and rp_id = ${rpId}::text
    ), '[]'::json) as passkeys`
}

/**
 * Stores a challenge, with its event, if the user is active and its epoch has not moved since the check.
 *
 * The factors that the statement sees decide what the challenge is for: a user without any has to set one up.
 * FOR SHARE makes it wait for a change of the factors, as `insertSession` waits.
 *
 * @returns the challenge; null when the user changed since the check, and nothing was written
 */
export async function insertChallenge(
  db: Database,
  clock: Clock,
  challenge: NewChallenge,
): Promise<OpenedChallenge | null> {
  const { userId, verifiedEpoch, tokenHash, method, answerSeconds, setupSeconds } = challenge
  const pending = challenge.pendingConnection && JSON.stringify(challenge.pendingConnection)
  const event = insertEventFrom(clock, challenge.event, {
    userId: sql`verified.id`,
    from: sql`verified, opened`,
  })
  const [row] = await db.execute<{ [Name in keyof OpenedChallenge]: OpenedChallenge[Name] }>(sql`
    with verified as (
      select id, second_factor from users
      where id = ${userId} and session_epoch = ${verifiedEpoch} and is_active
      for share
    ), usable as (
      select second_factor, ${selectFactors(sql`verified.id`, challenge.rpId)} from verified
    ), chosen as (
      select usable.*, case when second_factor or totp or json_array_length(passkeys) > 0
        then 'second_factor' else 'setup' end as kind
      from usable
    ), opened as (
      insert into ceremonies (token_hash, kind, user_id, verified_epoch, method, pending_connection, created_at,
        expires_at)
      select ${tokenHash}, kind, ${userId}::uuid, ${verifiedEpoch}::integer, ${method},
        ${pending}::text::jsonb, ${clock.now()},
        case kind when 'setup' then ${clock.after(setupSeconds)} else ${clock.after(answerSeconds)} end
      from chosen
      returning kind
    ), recorded as (${event})
    select opened.kind, chosen.totp, chosen."recoveryCode", chosen.passkeys from opened, chosen`)
  return row ?? null
}

/** Reads the factors of a user that work under these settings. */
export async function findUsableFactors(db: Database, scope: FactorScope): Promise<UsableFactors> {
  const { userId, rpId } = scope
  const [row] = await db.execute<{ [Name in keyof UsableFactors]: UsableFactors[Name] }>(
    sql`select ${selectFactors(sql`${userId}::uuid`, rpId)}`,
  )
  return row ?? { totp: false, recoveryCode: false, passkeys: [] }
}
