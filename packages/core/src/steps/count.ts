import type { Context } from '../context.ts'
import { describeFault } from '../database/describe-fault.ts'
import { DomainError } from '../words/errors.ts'
import { findNetwork } from '../words/network.ts'
import type { LimitName } from '../words/rate-limits.ts'
import { recordThrottled, type ThrottledBurst } from './record-throttled.ts'

const UNKNOWN_CLIENT = 'unknown'

/** The client as the limits count it: its network. All clients without a known IP address count as one. */
export function clientOf(ctx: Context): string {
  return findNetwork(ctx.client.ip) ?? UNKNOWN_CLIENT
}

/**
 * Counts one call. The first refusal of a burst is recorded in the audit trail.
 *
 * @throws {DomainError} `throttled`
 */
export async function count(ctx: Context, call: ThrottledBurst & { limit: LimitName }): Promise<void> {
  try {
    await ctx.throttle.count(call.limit, call.key, ctx.log)
  } catch (refusal) {
    if (refusal instanceof DomainError) await tryToRecord(ctx, call)
    throw refusal
  }
}

/** Records a burst. A failure is only logged, so that the caller still gets the refusal. */
async function tryToRecord(ctx: Context, call: ThrottledBurst): Promise<void> {
  try {
    await recordThrottled(ctx, call)
  } catch (error) {
    const fault = describeFault(error)
    ctx.log.error({ event: 'throttled', limit: call.limit, fault }, 'a burst could not be recorded')
  }
}
