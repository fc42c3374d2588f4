import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { addConnection, recordConnection } from '../../steps/add-connection.ts'
import { type Admission, admit, answerAdmission } from '../../steps/admit.ts'
import { chooseLanguage } from '../../steps/choose-language.ts'
import { endExcessSessions } from '../../steps/end-excess-sessions.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { hasDisconnected } from '../../tables/audit-events/disconnected.ts'
import { isUnusedInvitation } from '../../tables/audit-events/unused.ts'
import type { PendingConnection } from '../../tables/ceremonies/schema.ts'
import { hasOwnConnection, insertConnection, useConnection } from '../../tables/connections/change.ts'
import {
  type Connection,
  findConnection,
  hasConnectionOfProvider,
  listSubjects,
} from '../../tables/connections/find.ts'
import { lockUser } from '../../tables/locks.ts'
import { retirePendings } from '../../tables/pending-registrations/retire.ts'
import { markEmailVerified } from '../../tables/users/change.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentials, findCredentialsByEmail } from '../../tables/users/find.ts'
import { insertUser } from '../../tables/users/insert.ts'
import { DomainError } from '../../words/errors.ts'
import { UNUSABLE_PASSWORD } from '../../words/foreign-hashes/foreign-hash.ts'
import { type ConnectionId, newId, type UserId } from '../../words/ids.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'
import { USER_ROLE } from '../../words/roles.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'

/** How often whose account it is gets asked when others keep changing the answer in the meantime. */
const ATTEMPTS = 5

type Refusal =
  | 'email_not_verified'
  | 'no_active_account'
  | 'local_account_unverified'
  | 'email_already_registered'

/** What an identity leads to. A refusal leaves its mark, so it is thrown after the transaction. */
type Verdict = Admission | { refusal: Refusal }

/** Rolls back: another transaction has changed what was read. */
class Contended extends Error {}

/**
 * Signs a user in with an account at a provider. This decides whose account it is, for every door.
 *
 * - A subject that is connected signs its user in. The address at the provider is not looked at any more.
 * - An unknown subject whose address the provider vouches for is connected to the user that has proven the address, or
 *   gets a user of its own. A user that never proved the address is not touched: anybody may have made it.
 * - Nothing is written for an unknown subject without such an address.
 *
 * A user with a second factor gets a challenge, and the connection is written with the second step. Of two first sign-ins at
 * once the later one reads again.
 *
 * @throws {DomainError} `provider_email_unverified` - unknown subject without a vouched address
 * @throws {DomainError} `local_account_unverified` - the user with the address never proved it, or by an act that does not
 *   say who uses the account; nothing was written
 * @throws {DomainError} `email_already_registered` - the user with the address has another subject of this provider, has
 *   disconnected one, or the settings of the provider forbid to connect by address; nothing was written
 * @throws {DomainError} `email_not_verified` `no_active_account` - as at a sign-in with a password
 * @throws {DomainError} `unavailable` - others kept changing the account
 * @see decision 145
 */
export async function signInWithIdentity(ctx: Context, identity: ProviderIdentity): Promise<SignInAnswer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const verdict = await decide(ctx, identity)
    if (!verdict) continue
    if ('refusal' in verdict) throw new DomainError(verdict.refusal)
    if (verdict.session) await endExcessSessions(ctx, verdict.session)
    return answerAdmission(ctx, verdict)
  }
  throw new DomainError('unavailable')
}

/** Reads who it may be, and decides under the lock of that user. Null: the two disagree, so it is read again. */
async function decide(ctx: Context, identity: ProviderIdentity): Promise<Verdict | null> {
  const { email } = identity
  const known = await findConnection(ctx.db, nameSubject(identity))
  if (!known && (email === null || !identity.isVouched)) throw new DomainError('provider_email_unverified')
  const holder = known ? null : await findCredentialsByEmail(ctx.db, email ?? '')
  if (holder && !identity.mayLink) throw new DomainError('email_already_registered')
  try {
    return await transaction(ctx.db, (tx) => {
      if (known) return enter(ctx, tx, identity, known)
      return holder ? link(ctx, tx, identity, holder) : create(ctx, tx, identity, email ?? '')
    })
  } catch (error) {
    if (error instanceof Contended) return null
    throw error
  }
}

function nameSubject({ provider, subject, formerSubject }: ProviderIdentity) {
  return { provider, uids: listSubjects(subject, formerSubject) }
}

function pendingOf({ provider, subject, formerSubject }: ProviderIdentity, id: ConnectionId | null) {
  return { provider, uid: subject, formerUid: formerSubject, id }
}

/** The subject is connected. The order of the locks is user, connection, session. */
async function enter(
  ctx: Context,
  tx: Database,
  identity: ProviderIdentity,
  { id, userId }: Connection,
): Promise<Verdict> {
  const user = await lockAndRead(tx, userId)
  if (!(await hasOwnConnection(tx, { id, userId }))) throw new Contended()
  const refusal = mustVerify(ctx, user) ? 'email_not_verified' : findInactive(user)
  if (refusal) return refuse(ctx, tx, user, refusal)
  const admission = await admitLocked(ctx, tx, user, pendingOf(identity, id))
  if (admission.session) await useConnection(tx, ctx.clock, { id, userId, uid: identity.subject })
  return admission
}

/** The address has a user. Everything that was read of it before is asked again under its lock. */
async function link(
  ctx: Context,
  tx: Database,
  identity: ProviderIdentity,
  holder: Credentials,
): Promise<Verdict> {
  const user = await lockAndRead(tx, holder.id)
  if (user.email !== identity.email || (await findConnection(tx, nameSubject(identity))))
    throw new Contended()
  const { provider, subject: uid } = identity
  const { id: userId, email } = user
  // An invitation that nobody has used yet is as good as a proof: nobody else has ever been in.
  const isProven = (user.emailVerified && !user.ownerUnproven) || (await isUnusedInvitation(tx, userId))
  if (!isProven) return { refusal: 'local_account_unverified' }
  const refusal = findInactive(user)
  if (refusal) return refuse(ctx, tx, user, refusal)
  // The address was given to another person, or the person has another account there. Nobody can tell.
  // And who disconnected the provider wants that its account signs in no more.
  const isBarred =
    (await hasConnectionOfProvider(tx, { userId, provider })) ||
    (await hasDisconnected(tx, { userId, provider }))
  if (isBarred) return { refusal: 'email_already_registered' }
  if (!user.emailVerified || user.ownerUnproven)
    await markEmailVerified(tx, ctx.clock, { id: userId, email, ownerUnproven: false })
  const admission = await admitLocked(ctx, tx, user, pendingOf(identity, null))
  const isMissed = admission.session && !(await addConnection(ctx, tx, { userId, provider, uid }))
  if (isMissed) throw new Contended()
  return admission
}

/** Nobody has the address. The user is stored first: its unique address makes all others wait who take the address. */
async function create(
  ctx: Context,
  tx: Database,
  identity: ProviderIdentity,
  email: string,
): Promise<Verdict> {
  const { provider, subject: uid, firstName, lastName } = identity
  const userId = newId<UserId>()
  const language = chooseLanguage(ctx, undefined)
  const details = { email, firstName, lastName, language, passwordHash: UNUSABLE_PASSWORD }
  if (!(await insertUser(tx, ctx.clock, { ...details, id: userId, emailVerified: true })))
    throw new Contended()
  const connection = { id: newId<ConnectionId>(), userId, provider, uid }
  const added = await insertConnection(tx, ctx.clock, connection)
  if (!added) throw new Contended()
  await retirePendings(tx, { email })
  await recordEvent(ctx, tx, { kind: 'registered', userId, by: 'self', details: {} })
  await recordConnection(ctx, tx, { added })
  const user = { id: userId, sessionEpoch: 0, role: USER_ROLE, secondFactor: false }
  return admitLocked(ctx, tx, user, null)
}

async function lockAndRead(tx: Database, userId: UserId): Promise<Credentials> {
  const user = (await lockUser(tx, userId)) ? await findCredentials(tx, userId) : null
  if (!user) throw new Contended()
  return user
}

/** The row of the user is locked, so its epoch is the present one. */
async function admitLocked(
  ctx: Context,
  tx: Database,
  user: Pick<Credentials, 'id' | 'sessionEpoch' | 'role' | 'secondFactor'>,
  pendingConnection: PendingConnection | null,
): Promise<Admission> {
  const { id: userId, sessionEpoch: verifiedEpoch, role, secondFactor } = user
  const verified = { userId, verifiedEpoch, role, secondFactor, method: 'social', pendingConnection } as const
  const admission = await admit(ctx, verified, tx)
  if (!admission) throw new Contended()
  return admission
}

function findInactive({ isActive }: Credentials): 'no_active_account' | null {
  return isActive ? null : 'no_active_account'
}

async function refuse(
  ctx: Context,
  tx: Database,
  user: Credentials,
  reason: 'email_not_verified' | 'no_active_account',
): Promise<Verdict> {
  const details = { reason }
  await recordEvent(ctx, tx, { kind: 'login_failed', userId: user.id, by: 'anyone', details })
  return { refusal: reason }
}
