import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { listConnectionsOfUser } from '../tables/connections/find.ts'
import type { UserId } from '../words/ids.ts'

/** Answers whether a provider of these settings signs a user in. One that the settings no longer name does not. */
export async function hasUsableConnection(ctx: Context, db: Database, userId: UserId): Promise<boolean> {
  const named = new Set(ctx.providers.list().map(({ id }) => id))
  const connections = await listConnectionsOfUser(db, userId)
  return connections.some(({ provider }) => named.has(provider))
}
