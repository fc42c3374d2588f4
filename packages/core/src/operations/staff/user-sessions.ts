import type { Context } from '../../context.ts'
import { actOnAccount, getReadable } from '../../steps/authorise.ts'
import { composeEvent, recordEvent } from '../../steps/record-event.ts'
import { deleteSession, deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { listLiveSessions } from '../../tables/sessions/find.ts'
import type { Actor } from '../../words/actor.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type SessionId } from '../../words/ids.ts'
import { type SessionSummary, summarizeSession } from '../sessions/list-sessions.ts'

/**
 * Lists the live sessions of an account, the most recently seen first.
 *
 * @throws {DomainError} `not_found` `permission_denied`
 */
export async function listAccountSessions(
  ctx: Context,
  input: { by: Actor; userId: string },
): Promise<SessionSummary[]> {
  const account = await getReadable(ctx, input)
  const ownSession = input.by.kind === 'staff' ? input.by.identity.sessionId : null
  const rows = await listLiveSessions(ctx.db, ctx.clock, account.id)
  return rows.map((row) => summarizeSession(row, ownSession))
}

/**
 * Ends every session of an account at once, and says how many.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}
 */
export async function endAccountSessions(
  ctx: Context,
  input: { by: Actor; userId: string },
): Promise<number> {
  return actOnAccount(ctx, input, async (tx, { id: userId }) => {
    const { length: sessions } = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'sessions_ended', userId, by: input.by, details: { sessions } })
    return sessions
  })
}

/**
 * Ends one session of an account.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}; also for a session that is not
 * one of the account's
 */
export async function endAccountSession(
  ctx: Context,
  input: { by: Actor; userId: string; sessionId: string },
): Promise<void> {
  const { by } = input
  if (!isId(input.sessionId)) throw new DomainError('not_found')
  const sessionId = input.sessionId as SessionId
  await actOnAccount(ctx, input, async (tx, { id: userId }) => {
    const event = composeEvent(ctx, { kind: 'session_revoked', userId, by, sessionId, details: {} })
    const ended = await deleteSession(tx, ctx.clock, { sessionId, userId, event })
    if (!ended) throw new DomainError('not_found')
  })
}
