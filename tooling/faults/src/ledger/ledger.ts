import { isMachineBusy } from './machine.ts'
import { createTally, type Tally } from './tally.ts'

/** A fault that was injected. Times are milliseconds of `performance.now()`. */
export interface FaultEntry {
  kind: string
  /** What it was done to: `server-2`, `every database wire`. */
  target: string
  from: number
  /** When the fault itself was over; Infinity while it stands. */
  to: number
  /** When every server was ready again; Infinity until then. */
  recoveredAt: number
}

/** Something that must not happen. */
export interface Finding {
  kind: string
  text: string
  /** Seconds since the start of the run. */
  second: number
}

/** One call of a client, after its end. */
export interface CallEntry {
  who: string
  method: string
  path: string
  /** 0 when no whole answer came. */
  status: number
  from: number
  to: number
}

/** Everything that a run has seen. */
export interface Ledger {
  faults: FaultEntry[]
  findings: Finding[]
  /** What may happen and is counted by its name, such as a retry after the grace. */
  exceptions: Tally
  /** The statuses of all calls. */
  statuses: Tally
  /** The calls that were refused: `POST /logout/ 400`. */
  refusals: Tally
  /** What the people and the thieves did, by name. */
  acts: Tally
  /** The longest call that had a whole answer, in milliseconds. */
  readonly longestMilliseconds: number
  /** The calls beside which no fault stood. Of these alone a missing answer is a finding. */
  readonly calmCalls: number
  finding(kind: string, text: string): void
  /** Judges a call by its status alone: no 500, and 502, 503, 504 and silence only where a fault explains them. */
  call(call: CallEntry): void
  /** Begins a fault. It stands until {@link endFault}. */
  beginFault(kind: string, target: string): FaultEntry
  /** Answers whether a fault stood in this time, or had ended at most `afterMilliseconds` before it. */
  isExplained(from: number, to: number, kinds?: readonly string[], afterMilliseconds?: number): boolean
}

/** After a fault has ended and every server is ready, calls may fail for so long. */
export const RECOVERY_MILLISECONDS = 10_000
/** Enough to see what is wrong. A broken server would fill the memory. */
const MOST_FINDINGS = 200
/** A server gives up on a database that is silent for so long. */
const DEADLINE_MILLISECONDS = 5000
const NO_ANSWER = [0, 502, 503, 504]

/** Creates an empty ledger. */
export function createLedger(isBusy: () => boolean = isMachineBusy): Ledger {
  const startedAt = performance.now()
  const [exceptions, statuses, refusals, acts] = [createTally(), createTally(), createTally(), createTally()]
  const faults: FaultEntry[] = []
  const findings: Finding[] = []
  let longestMilliseconds = 0
  let calmCalls = 0

  function finding(kind: string, text: string): void {
    if (findings.length >= MOST_FINDINGS) return
    findings.push({ kind, text, second: (performance.now() - startedAt) / 1000 })
  }

  function isExplained(
    from: number,
    to: number,
    kinds?: readonly string[],
    after = RECOVERY_MILLISECONDS,
  ): boolean {
    return faults.some(
      (fault) =>
        (!kinds || kinds.includes(fault.kind)) &&
        fault.from <= to &&
        Math.max(fault.to, Math.min(fault.recoveredAt, fault.to + after)) + after >= from,
    )
  }

  function call({ who, method, path, status, from, to }: CallEntry): void {
    statuses.count(status === 0 ? 'no answer' : String(status))
    if (status !== 0) longestMilliseconds = Math.max(longestMilliseconds, to - from)
    if (status >= 400) refusals.count(`${method} ${path} ${status}`)
    const isCalm = !isExplained(from, to)
    if (isCalm) calmCalls++
    const text = `${who}: ${method} ${path} was ${status || 'not answered'} after ${Math.round(to - from)} ms`
    if (NO_ANSWER.includes(status)) {
      if (!isCalm) return
      if (to - from >= DEADLINE_MILLISECONDS && isBusy()) exceptions.count('too_slow_on_a_busy_machine')
      else finding('failed_without_a_fault', text)
    } else if (status >= 500 || status === 429) finding(`answer_${status}`, text)
  }

  function beginFault(kind: string, target: string): FaultEntry {
    const fault = { kind, target, from: performance.now(), to: Infinity, recoveredAt: Infinity }
    faults.push(fault)
    return fault
  }

  return {
    faults,
    findings,
    exceptions,
    statuses,
    refusals,
    acts,
    get longestMilliseconds() {
      return longestMilliseconds
    },
    get calmCalls() {
      return calmCalls
    },
    finding,
    call,
    beginFault,
    isExplained,
  }
}
