import { startStopwatch } from '../http/clock.ts'
import { OWN_REFUSALS_MILLISECONDS } from '../http/numbers.ts'
import type { InternalSession } from './session.ts'

/**
 * Renews the access token after a service refused it.
 *
 * A service that refuses every token costs one refresh in a minute.
 */
export interface Renewals {
  /**
   * Renews the access token that the service refused.
   *
   * @returns a new token of the same user; null when there is none, or when another token would not help
   * @throws {LatchkeyError} the refresh failed
   */
  renew(rejected: string): Promise<string | null>
  /** Answers whether a refusal of the service has another cause than the token. */
  areOwn(): boolean
  /** Notes whether the service took a token. */
  note(access: string, isTaken: boolean): void
}

/** Creates the renewals for one service. */
export function createRenewals(session: Pick<InternalSession, 'renew'>): Renewals {
  /** The last token that was renewed for the service. */
  let last: string | undefined
  /** Whether the service refused this token too. */
  let isRefused = false
  let elapsed = startStopwatch()

  function keep(token: string | undefined, isRefusedToo = false): void {
    last = token
    isRefused = isRefusedToo
    elapsed = startStopwatch()
  }

  const isRecent = () => elapsed() < OWN_REFUSALS_MILLISECONDS
  const areOwn = () => isRefused && isRecent()

  function note(access: string, isTaken: boolean): void {
    if (last !== access || isRefused || !isRecent()) return
    keep(isTaken ? undefined : access, !isTaken)
  }

  async function renew(rejected: string): Promise<string | null> {
    note(rejected, false)
    if (areOwn()) return null
    const token = await session.renew(rejected)
    if (token !== null) keep(token)
    return token
  }

  return { renew, areOwn, note }
}

/** Creates the renewals for many services, so that a service that refuses every token delays no other. */
export function createRenewalsByService(
  session: Pick<InternalSession, 'renew'>,
): (service: string) => Renewals {
  const known = new Map<string, Renewals>()
  return (service) => {
    const renewals = known.get(service) ?? createRenewals(session)
    known.set(service, renewals)
    return renewals
  }
}
