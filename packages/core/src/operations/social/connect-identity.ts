import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { addConnection } from '../../steps/add-connection.ts'
import type { Identity } from '../../steps/identity.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { type Connection, countConnections, findConnection } from '../../tables/connections/find.ts'
import { lockSession, lockUser } from '../../tables/locks.ts'
import { DomainError } from '../../words/errors.ts'
import { MOST_CONNECTIONS } from '../../words/most-connections.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'

/**
 * Connects an account at a provider to the caller, by hand. Its address is not looked at, and no session is opened or
 * closed. What the caller has already gets the same answer.
 *
 * @throws {DomainError} `social_account_in_use` - another user has it; nothing was written
 * @throws {DomainError} `too_many_connections` - nothing was written
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `insufficient_user_authentication` - see {@link requireRecent}
 */
export async function connectIdentity(
  ctx: Context,
  caller: Identity,
  identity: ProviderIdentity,
): Promise<Connection> {
  await requireRecent(ctx, caller)
  return transaction(ctx.db, (tx) => connect(ctx, tx, caller, identity))
}

/** Every refusal rolls back. The order of the locks is user, session, connection. */
async function connect(
  ctx: Context,
  tx: Database,
  { userId, sessionId }: Identity,
  { provider, subject: uid, formerSubject }: ProviderIdentity,
): Promise<Connection> {
  if (!(await lockUser(tx, userId))) throw new DomainError('token_not_valid')
  if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
  const uids = formerSubject === null ? [uid] : [uid, formerSubject]
  const known = await findConnection(tx, { provider, uids })
  if (known?.userId === userId) return known
  if (known) throw new DomainError('social_account_in_use')
  if ((await countConnections(tx, userId)) >= MOST_CONNECTIONS) throw new DomainError('too_many_connections')
  const added = await addConnection(ctx, tx, { userId, sessionId, provider, uid })
  if (!added) throw new DomainError('social_account_in_use')
  return added
}
