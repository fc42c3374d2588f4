import type { ProofFault } from './dpop.ts'
import type { LimitName } from './rate-limits.ts'

type NoDetails = Record<never, never>

/**
 * What the core tells about its work, by name, with the details of each.
 *
 * A detail is a number or one of a few words. It never comes from a caller.
 */
export interface Signals {
  /** A hash begins, after its wait in the queue. */
  hash_began: { waitedSeconds: number }
  /** The queue of hashes is full, so a call was refused. */
  hash_refused: NoDetails
  /** A replaced refresh token came back, and its session was ended. */
  refresh_replayed: NoDetails
  /** A refresh token of the deployment from which users were moved in was exchanged. */
  session_moved_in: NoDetails
  /** A refresh was answered in the grace, for the program and network of the session or for others. */
  refresh_graced: { client: 'same' | 'other' }
  /** A refresh of a session with a key came without its proof, and was refused. */
  proof_refused: { reason: ProofFault }
  /** A replaced refresh token was answered after the grace, because its caller showed that it is its own. */
  refresh_answered_late: { by: 'proof' | 'keyed' }
  /** A rotation became visible late, so its grace was started anew. */
  refresh_late: NoDetails
  /** A call or a mail was over a limit. */
  throttled: { limit: LimitName }
  /** An attempt to send a mail has ended. */
  mail_settled: { outcome: 'sent' | 'delayed' | 'given_up' }
  /** A provider did not answer, or refused this server. The id is that of the settings. */
  provider_failed: { provider: string }
  /** A commit waited for a standby in vain. */
  commit_unconfirmed: NoDetails
}

/** The kinds of work that {@link Watch.step} surrounds. */
export type StepKind = 'statement' | 'transaction' | 'hash' | 'mail'

/** Hears what the core does. The core does not know who listens: metrics, traces, a test or nobody. */
export interface Watch {
  /** Hears of something that happened. It must not throw. */
  note<Name extends keyof Signals>(name: Name, details: Signals[Name]): void
  /**
   * Does a step of the present call, and may measure it.
   *
   * @param name - is asked only when somebody listens; a text of a few, without any value of a caller
   */
  step<T>(kind: StepKind, name: () => string, work: () => Promise<T>): Promise<T>
}

/** Nobody listens. */
export const UNWATCHED: Watch = { note: () => {}, step: (_kind, _name, work) => work() }
