import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { type EventId, newId, type UserId } from '../../words/ids.ts'
import { USER_ROLE } from '../../words/roles.ts'
import { eraseClients, insertEvents } from '../audit-events/statements.ts'
import { isInvited } from '../audit-events/unused.ts'
import { digestOf, importedDigest } from './digests.ts'
import type { Range } from './merge-known.ts'

/** Anybody may have made the user `u` by a sign-up, and nobody has proven its address. Staff has decided nothing about it. */
const IS_UNPROVEN = sql`not u.email_verified and u.role = ${USER_ROLE} and u.is_active and not ${isInvited(sql`u.id`)}`

/** The user of the staged row `s` is here already, and its address is brought up to date. */
const IS_KNOWN = sql`k.state in ('account', 'gone')`

/**
 * Finds the users here who have the proven address of a user of the source and never proved it. Without `replace` a new user of the
 * source is left out for now.
 */
export async function judgeUnproven(
  db: Database,
  { source, replace }: { source: string; replace: boolean },
): Promise<void> {
  const email = importedDigest('k.imported_hash', 'email')
  await db.execute(sql`
    update staged_users s set unproven = u.id,
      verdict = case when ${replace} or ${isKnown(source)} then s.verdict else 'unproven_here' end
    from users u
    where u.email = s.email and s.verdict = 'account' and s.email_verified and ${IS_UNPROVEN} and u.id <> s.user_id
      and not ${isMovedIn(source)}
      and not exists (
        select from imported_users k left join users m on m.id = k.user_id
        where k.source = ${source} and k.old_id = s.old_id and k.state <> 'pending' and (
          not ${IS_KNOWN} or m.id is null or m.id = u.id or ${digestOf(sql`k.old_id`, 's', 'email')} = ${email}
          or ${digestOf(sql`k.old_id`, 'm', 'email')} <> ${email}))`)
}

/**
 * Deletes the users of a range of staged rows who were found, unless they have proven the address meanwhile. The trail says that
 * the operator did it.
 *
 * @param known - whether it is for users who were moved in before, or for new ones
 */
export async function replaceUnproven(
  tx: Database,
  clock: Clock,
  { source, from, to, known }: Range & { known: boolean },
): Promise<void> {
  const gone = await tx.execute<{ id: UserId }>(sql`
    delete from users u using staged_users s
    where s.n between ${from} and ${to} and s.verdict = 'account' and u.id = s.unproven and u.email = s.email
      and ${IS_UNPROVEN} and ${isKnown(source)} = ${known}
    returning u.id`)
  const ids = gone.map(({ id }) => id)
  await insertEvents(tx, clock, ids.map(describeDeletion))
  await eraseClients(tx, ids)
}

function isKnown(source: string): SQL {
  return sql`exists (
    select from imported_users k where k.source = ${source} and k.old_id = s.old_id and ${IS_KNOWN})`
}

/** The user `u` came from a deployment too. One of this source counts no more once it has lost its address to the staged one. */
function isMovedIn(source: string): SQL {
  return sql`exists (
    select from imported_users o
    where o.source in (select source from imports) and o.old_id = coalesce(u.external_id, u.id::text) and o.user_id = u.id
      and not (o.source = ${source} and exists (
        select from staged_users d where d.old_id = o.old_id and d.verdict = 'duplicate_address' and d.other = s.old_id)))`
}

function describeDeletion(userId: UserId) {
  const client = { ip: null, browser: null, os: null, device: null }
  const deletion = { kind: 'account_deleted', actor: 'operator', actorId: null, details: {} } as const
  return { ...deletion, ...client, id: newId<EventId>(), userId, sessionId: null }
}
