import type { FaultRun } from '../run-faults.ts'

const TOLD_FINDINGS = 40

/** Tells the figures of a run as text. */
export function tellRun(run: FaultRun): string {
  const { ledger, mails, leaks, thefts } = run
  const { faults, findings, statuses, refusals, acts, exceptions } = ledger
  const recoveries = faults.map(({ to, recoveredAt }) => (recoveredAt - to) / 1000).toSorted((a, b) => a - b)
  const kinds = new Set(faults.map(({ kind }) => kind))
  const lines = [
    `seed ${run.seed}, ${run.instances} servers, ${run.seconds ?? 'as many'} s of faults`,
    `faults: ${faults.length} of ${kinds.size} kinds`,
    `recovery: median ${tellSeconds(recoveries.at(recoveries.length >> 1))}, longest ${tellSeconds(recoveries.at(-1))}`,
    `starts of servers: ${tellNumbers(run.starts)}`,
    `calls: ${tellNumbers(statuses.all())}; longest answer ${tellSeconds(ledger.longestMilliseconds / 1000)}`,
    `calls beside no fault: ${ledger.calmCalls}`,
    `refused calls: ${tellNumbers(refusals.all())}`,
    `acts: ${tellNumbers(acts.all())}`,
    `mails: ${mails.distinct} came, ${mails.asked} acknowledged requests, ${mails.copies} copies`,
    `thefts that came to light: ${thefts.length}`,
    `connections at the end: ${leaks.connections} of at most ${leaks.allowed}; open files: ${tellNumbers(leaks.openFiles)}`,
    `exceptions that are allowed: ${tellNumbers(exceptions.all()) || 'none'}`,
    `findings: ${findings.length}`,
    ...findings
      .slice(0, TOLD_FINDINGS)
      .map(({ kind, text, second }) => `  ${kind} at ${second.toFixed(1)} s: ${text}`),
  ]
  return lines.join('\n')
}

/** Gives the figures of a run as data. */
export function describeRun(run: FaultRun): object {
  const { ledger, thefts, ...others } = run
  const { faults, findings, statuses, refusals, acts, exceptions, longestMilliseconds, calmCalls } = ledger
  return {
    ...others,
    thefts: thefts.length,
    faults: faults.map(({ kind, target, from, to, recoveredAt }) => ({
      kind,
      target,
      stoodMilliseconds: Math.round(to - from),
      recoveryMilliseconds: Math.round(recoveredAt - to),
    })),
    calls: statuses.all(),
    calmCalls,
    refusals: refusals.all(),
    longestMilliseconds: Math.round(longestMilliseconds),
    acts: acts.all(),
    exceptions: exceptions.all(),
    findings,
  }
}

function tellNumbers(numbers: Record<string, number>): string {
  return Object.entries(numbers)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

function tellSeconds(seconds = 0): string {
  return `${seconds.toFixed(1)} s`
}
