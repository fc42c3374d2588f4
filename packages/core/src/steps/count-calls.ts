import type { Context } from '../context.ts'
import { DomainError } from '../words/errors.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { findNetwork } from '../words/network.ts'
import type { LimitName } from '../words/rate-limits.ts'
import { isKnownNetwork } from './known-network.ts'
import { recordThrottled, type ThrottledBurst } from './record-throttled.ts'

const UNKNOWN_CLIENT = 'unknown'

/** The client as it is counted; those whose address nobody knows are one. */
function clientOf(ctx: Context): string {
  return findNetwork(ctx.client.ip) ?? UNKNOWN_CLIENT
}

/**
 * Counts a call that anyone may make, by the address it came from.
 *
 * @throws {DomainError} `throttled`
 */
export function countAnonymousCall(ctx: Context): Promise<void> {
  return count(ctx, { limit: 'anon', key: clientOf(ctx) })
}

/**
 * Counts a call of somebody who is signed in, by the user.
 *
 * @throws {DomainError} `throttled`
 */
export function countUserCall(ctx: Context, userId: UserId): Promise<void> {
  return count(ctx, { limit: 'user', key: userId, userId })
}

/**
 * Counts a refresh by the session of its token; what is no token of ours, by the address it came from.
 *
 * @throws {DomainError} `throttled`
 */
export function countRefresh(ctx: Context, sessionId: SessionId | null): Promise<void> {
  return sessionId === null ? countAnonymousCall(ctx) : count(ctx, { limit: 'refresh', key: sessionId })
}

/**
 * Counts an attempt on a password before anything is hashed: by address and client, then by address alone.
 *
 * The second limit stops a guesser with many addresses. It must not lock the user out, so a network the user
 * signed in from lately passes it. An address nobody has costs the same statements.
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
 * Counts an attempt of a session on its own user's password, before anything is hashed.
 *
 * By session and not by user: the holder of a stolen one cannot keep the user from changing the password.
 *
 * @throws {DomainError} `throttled`
 */
export function countPasswordCheck(ctx: Context, sessionId: SessionId): Promise<void> {
  return count(ctx, { limit: 'login', key: `session ${sessionId}` })
}

/**
 * Counts a mail somebody wants sent to a mailbox, whether or not anybody is there.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export function countMail(ctx: Context, email: string): Promise<void> {
  return count(ctx, { limit: 'mail', key: email })
}

/**
 * Counts a notice the holder of a session causes to its user's own mailbox, apart from what strangers cause.
 *
 * @throws {DomainError} `throttled`
 */
export function countNotice(ctx: Context, userId: UserId): Promise<void> {
  return count(ctx, { limit: 'mail', key: `notice ${userId}`, userId })
}

/** Counts one call, and leaves a mark in the audit trail where a burst of refusals begins. */
async function count(ctx: Context, call: ThrottledBurst & { limit: LimitName }): Promise<void> {
  try {
    await ctx.throttle.count(call.limit, call.key, ctx.log)
  } catch (refusal) {
    if (refusal instanceof DomainError) await mark(ctx, call)
    throw refusal
  }
}

/** The refusal stands whether or not it can be written down. */
async function mark(ctx: Context, call: ThrottledBurst): Promise<void> {
  try {
    await recordThrottled(ctx, call)
  } catch {
    ctx.log.error({ event: 'throttled', limit: call.limit }, 'a burst could not be recorded')
  }
}
