import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type Connection, listConnectionsOfUser } from '../../tables/connections/find.ts'

/** Lists the accounts at providers that sign the caller in, the oldest first. */
export async function listConnections(ctx: Context, input: { identity: Identity }): Promise<Connection[]> {
  return listConnectionsOfUser(ctx.db, input.identity.userId)
}
