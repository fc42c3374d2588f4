import type { Context } from '../context.ts'
import { describeFault } from '../database/describe-fault.ts'
import { DomainError } from '../words/errors.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { findNetwork } from '../words/network.ts'
import type { LimitName } from '../words/rate-limits.ts'
import { isKnownNetwork } from './known-network.ts'
import { recordThrottled, type ThrottledBurst } from './record-throttled.ts'

const UNKNOWN_CLIENT = 'unknown'

/** The client as the limits count it: its network. All clients without a known IP address count as one. */
function clientOf(ctx: Context): string {
  return findNetwork(ctx.client.ip) ?? UNKNOWN_CLIENT
}

/**
 * Counts a call without a token, by the network of the client.
 *
 * @throws {DomainError} `throttled`
 */
export function countAnonymousCall(ctx: Context): Promise<void> {
  return count(ctx, { limit: 'anon', key: clientOf(ctx) })
}

/**
 * Counts a call with an access token, by its user.
 *
 * @throws {DomainError} `throttled`
 */
export function countUserCall(ctx: Context, userId: UserId): Promise<void> {
  return count(ctx, { limit: 'user', key: userId, userId })
}

/**
 * Counts a refresh by the session of its token; a text that is not a token of ours by the network of the client.
 *
 * @throws {DomainError} `throttled`
 */
export function countRefresh(ctx: Context, sessionId: SessionId | null): Promise<void> {
  return sessionId === null ? countAnonymousCall(ctx) : count(ctx, { limit: 'refresh', key: sessionId })
}

/**
 * Counts a password attempt before the hash: by email address and network, then by email address alone.
 *
 * The second limit stops an attacker with many networks. It must not lock the user out, so a network the user signed
 * in from in the last 30 days is exempt. An address without a user costs the same statements.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export async function countLogin(ctx: Context, email: string): Promise<void> {
  await count(ctx, { limit: 'login', key: `${clientOf(ctx)} ${email}` })
  try {
    await count(ctx, { limit: 'loginEmail', key: email })
  } catch (refusal) {
    if (!(await isKnownNetwork(ctx, email))) throw refusal
  }
}

/**
 * Counts a session's check of its own user's password, before the hash.
 *
 * The limit counts per session and not per user, so a thief with a stolen session cannot stop the user from changing
 * the password.
 *
 * @throws {DomainError} `throttled`
 */
export function countPasswordCheck(ctx: Context, sessionId: SessionId): Promise<void> {
  return count(ctx, { limit: 'login', key: `session ${sessionId}` })
}

/**
 * Counts a mail that anybody can cause to a mailbox, also when no user has the address.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export function countMail(ctx: Context, email: string): Promise<void> {
  return count(ctx, { limit: 'mail', key: email })
}

/**
 * Counts a notice that a session causes to its user's mailbox, apart from the mails that strangers cause.
 *
 * @throws {DomainError} `throttled`
 */
export function countNotice(ctx: Context, userId: UserId): Promise<void> {
  return count(ctx, { limit: 'mail', key: `notice ${userId}`, userId })
}

/** Counts one call. The first refusal of a burst is recorded in the audit trail. */
async function count(ctx: Context, call: ThrottledBurst & { limit: LimitName }): Promise<void> {
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
