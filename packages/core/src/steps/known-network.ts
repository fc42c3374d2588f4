import type { Context } from '../context.ts'
import { hasKnownNetwork } from '../tables/known-networks/statements.ts'
import { findNetwork } from '../words/network.ts'

/** The hidden name of the network the client is in, or null when its address is unknown. */
export function describeNetwork(ctx: Context): string | null {
  const network = findNetwork(ctx.client.ip)
  return network && ctx.throttle.hide(`network ${network}`)
}

/** Answers whether the user with an address signed in from the client's network lately. */
export async function isKnownNetwork(ctx: Context, email: string): Promise<boolean> {
  const network = describeNetwork(ctx)
  return network !== null && hasKnownNetwork(ctx.db, ctx.clock, { email, network })
}
