import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import { queuePasswordNotice } from '../../steps/queue-password-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { lockSession } from '../../tables/locks.ts'
import type { SessionRow } from '../../tables/sessions/columns.ts'
import { deleteSessionsOfUser, takeSession } from '../../tables/sessions/end.ts'
import { insertSuccessor } from '../../tables/sessions/open.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError, invalidFields } from '../../words/errors.ts'
import { newId, type SessionId } from '../../words/ids.ts'
import { checkPasswordChange, type PasswordChange, WRONG_OLD_PASSWORD } from './check-password-change.ts'

/**
 * Replaces the caller's password.
 *
 * Every link of the user ends: a reader of the mailbox may have kept one. With `logoutOnPasswordChange` every session ends
 * too. The caller's session gets a successor with another id, so that a stolen copy of the old tokens is worthless.
 *
 * @returns the tokens of the successor; null without `logoutOnPasswordChange`, because the session goes on
 * @throws {DomainError} `invalid` - all faults: the old password is wrong, the new ones differ or break a rule
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; the password is unchanged
 */
export async function changePassword(ctx: Context, input: PasswordChange): Promise<TokenPair | null> {
  const { verified, faults } = await checkPasswordChange(ctx, input)
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  if (!verified) throw refuseOutdated(input)
  const passwordHash = await ctx.hasher.hash(input.newPassword1)
  const change = { id: verified.id, ifEpoch: verified.sessionEpoch, passwordHash }
  return transaction(ctx.db, async (tx) => {
    // A refusal has to leave no mark, so it may roll back.
    if ((await changeSecurity(tx, ctx.clock, change)) === null) throw refuseOutdated(input)
    const tokens = await renewSession(ctx, tx, input.identity)
    // The notice is counted outside of the transaction, so after the last refusal.
    await queuePasswordNotice(ctx, tx, { userId: verified.id, to: verified })
    return tokens
  })
}

async function renewSession(ctx: Context, tx: Database, identity: Identity): Promise<TokenPair | null> {
  await deleteCapabilitiesOfUser(tx, identity.userId)
  if (!ctx.config.logoutOnPasswordChange) {
    if (!(await lockSession(tx, identity))) throw new DomainError('token_not_valid')
    await recordChange(ctx, tx, { identity, sessions: 0 })
    return null
  }
  return replaceSessions(ctx, tx, identity)
}

/** The user changed since the check, so the caller's proof is outdated: the old password, or else the session. */
function refuseOutdated(input: PasswordChange): DomainError {
  return input.oldPassword === undefined
    ? new DomainError('token_not_valid')
    : invalidFields(WRONG_OLD_PASSWORD)
}

async function recordChange(
  ctx: Context,
  tx: Database,
  change: { identity: Identity; sessions: number },
): Promise<void> {
  const { userId, sessionId } = change.identity
  const details = { sessions: change.sessions }
  await recordEvent(ctx, tx, { kind: 'password_changed', userId, by: 'self', sessionId, details })
}

async function replaceSessions(ctx: Context, tx: Database, identity: Identity): Promise<TokenPair> {
  const issuedAt = ctx.clock.epochSeconds()
  const taken = await takeOwn(tx, identity)
  const others = await deleteSessionsOfUser(tx, identity.userId)
  await recordChange(ctx, tx, { identity, sessions: others + taken.length })
  const [own, { absoluteExpiresAt }] = [taken[0], taken.at(-1) ?? taken[0]]
  const fresh = {
    id: newId<SessionId>(),
    generation: 1,
    rotatedAt: null,
    successorId: null,
    rotationKey: null,
  }
  const successor = { ...own, ...fresh, absoluteExpiresAt }
  await insertSuccessor(tx, ctx.clock, {
    session: successor,
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
  })
  return issueTokens(ctx, {
    userId: identity.userId,
    externalId: identity.user.externalId,
    sessionId: successor.id,
    generation: successor.generation,
    role: identity.user.role,
    emailVerified: identity.user.emailVerified,
    sessionCreatedAt: successor.createdAt,
    sessionExpiresAt: successor.absoluteExpiresAt,
    acr: successor.acr,
    amr: successor.amr,
    authTime: successor.authTime ?? successor.createdAt,
    jkt: successor.jkt,
    superseded: false,
    issuedAt,
  })
}

/** Takes the session of the caller. One that has a successor ends with the grace, so the successor knows its last end. */
async function takeOwn(
  tx: Database,
  { userId, sessionId }: Identity,
): Promise<[SessionRow, ...SessionRow[]]> {
  const own = await takeSession(tx, { userId, sessionId })
  const successorId = own?.successorId
  const successor = successorId ? await takeSession(tx, { userId, sessionId: successorId }) : null
  if (!own || (successorId && !successor)) throw new DomainError('token_not_valid')
  return successor ? [own, successor] : [own]
}
