import type { InternalSession } from './session.ts'

/** A service that refused a renewed token too is believed for this long: its 401s have another cause. */
const OWN_REFUSALS_MILLISECONDS = 60_000

/**
 * Renews the access token after a service refused it.
 *
 * A service that refuses every token costs one refresh in a minute, and delays no other service.
 */
export interface Renewals {
  /**
   * Renews the access token that a service refused.
   *
   * @returns a new token of the same user; null when there is none, or when another token would not help
   * @throws {LatchkeyError} the refresh failed
   */
  renew(service: string, rejected: string): Promise<string | null>
  /** Answers whether a refusal of the service has another cause than the token. */
  areOwn(service: string): boolean
  /** Notes whether a service took a token. */
  note(service: string, access: string, isTaken: boolean): void
}

/** The last token that was renewed for a service. */
interface Renewal {
  token: string
  /** Whether the service refused this token too. */
  isRefused: boolean
  at: number
}

/** Creates a memory of no services. */
export function createRenewals(session: Pick<InternalSession, 'renew'>): Renewals {
  const renewals = new Map<string, Renewal>()
  const keep = (service: string, token: string, isRefused: boolean) =>
    renewals.set(service, { token, isRefused, at: now() })
  const findRecent = (service: string) => {
    const last = renewals.get(service)
    return last && now() - last.at < OWN_REFUSALS_MILLISECONDS ? last : undefined
  }
  const areOwn = (service: string) => findRecent(service)?.isRefused === true

  function note(service: string, access: string, isTaken: boolean): void {
    const last = findRecent(service)
    if (last?.token !== access || last.isRefused) return
    if (isTaken) renewals.delete(service)
    else keep(service, access, true)
  }

  async function renew(service: string, rejected: string): Promise<string | null> {
    note(service, rejected, false)
    if (areOwn(service)) return null
    const token = await session.renew(rejected)
    if (token !== null) keep(service, token, false)
    return token
  }

  return { renew, areOwn, note }
}

/** The monotonic clock; the local clock where a runtime has none. */
function now(): number {
  return globalThis.performance?.now() ?? Date.now()
}
