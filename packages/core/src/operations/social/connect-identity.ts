import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { addConnection, type NewConnection } from '../../steps/add-connection.ts'
import type { Identity } from '../../steps/identity.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import {
  type Connection,
  countConnections,
  findConnection,
  listSubjects,
} from '../../tables/connections/find.ts'
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

/** Every refusal rolls back. The order of the locks is user, connection, session. */
async function connect(
  ctx: Context,
  tx: Database,
  { userId, sessionId }: Identity,
  identity: ProviderIdentity,
): Promise<Connection> {
  if (!(await lockUser(tx, userId))) throw new DomainError('token_not_valid')
  const { provider, subject: uid, formerSubject } = identity
  const known = await findConnection(tx, { provider, uids: listSubjects(uid, formerSubject) })
  const connection = known ?? (await add(ctx, tx, { userId, sessionId, provider, uid }))
  if (connection?.userId !== userId) throw new DomainError('social_account_in_use')
  if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
  return connection
}

async function add(ctx: Context, tx: Database, connection: NewConnection): Promise<Connection | null> {
  const { userId } = connection
  if ((await countConnections(tx, userId)) >= MOST_CONNECTIONS) throw new DomainError('too_many_connections')
  return addConnection(ctx, tx, connection)
}
