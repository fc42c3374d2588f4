import type { Context } from '../../context.ts'
import { listUsableKeys } from '../../tables/signing-keys/statements.ts'

/** A signing key as the operator may see it, without the private and the public half. */
export interface KeySummary {
  kid: string
  algorithm: string
  status: 'next' | 'active' | 'retired'
  createdAt: Date
  /** Null until the key is retired. */
  retiredAt: Date | null
}

/** Lists the keys that may still verify a token, oldest first. */
export async function listKeys(ctx: Context): Promise<KeySummary[]> {
  const longest = ctx.config.accessTokenLifetimeSeconds
  const rows = await listUsableKeys(ctx.db, ctx.clock.after(-longest))
  return rows.map(({ kid, algorithm, status, createdAt, retiredAt }) => ({
    kid,
    algorithm,
    status,
    createdAt,
    retiredAt,
  }))
}
