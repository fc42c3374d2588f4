import type { Context } from '../context.ts'
import { hasKnownNetwork } from '../tables/known-networks/statements.ts'
import { findNetwork } from '../words/network.ts'

/** Returns the keyed hash of the client's network; null when its IP address is unknown. */
export function describeNetwork(ctx: Context): string | null {
  const network = findNetwork(ctx.client.ip)
  return network && ctx.throttle.hide(`network ${network}`)
}

/** Answers whether the user with an email address signed in from the client's network in the last 30 days. */
export async function isKnownNetwork(ctx: Context, email: string): Promise<boolean> {
  const network = findNetwork(ctx.client.ip)
  if (!network) return false
  // While a secret is being replaced, the network may be stored under the former one.
  return hasKnownNetwork(ctx.db, ctx.clock, { email, networks: ctx.throttle.hideAll(`network ${network}`) })
}
