import { summarizeFault } from '@latchkey/core'
import { type Check, type Finding, unknown, type Verdict } from './check.ts'
import { CHECKS } from './checks.ts'
import type { Exam } from './exam.ts'
import { Unexamined } from './unexamined.ts'

/** A check that takes longer counts as not made. A connection gives up after five seconds. */
const PATIENCE_MILLISECONDS = 15_000

/** One line of the report with the name of its check. */
export type Line = Finding & { check: string }

/** Makes every check, at the same time, and lists the findings in the order of the checks. */
export async function examine(
  exam: Exam,
  checks: readonly Check[] = CHECKS,
  patience = PATIENCE_MILLISECONDS,
): Promise<Line[]> {
  const findings = await Promise.all(checks.map((check) => make(check, exam, patience)))
  return findings.flat()
}

export function countOf(verdict: Verdict, lines: Line[]): number {
  return lines.filter((line) => line.verdict === verdict).length
}

async function make({ name, examine: ask }: Check, exam: Exam, patience: number): Promise<Line[]> {
  const { promise: timeout, resolve } = Promise.withResolvers<Finding[]>()
  const timer = setTimeout(
    () => resolve([unknown(`not checked: no answer within ${patience / 1000} seconds`)]),
    patience,
  )
  const asked = Promise.resolve().then(() => ask(exam))
  const findings = await Promise.race([asked.catch(explain), timeout])
  clearTimeout(timer)
  return findings.map((finding) => ({ check: name, ...finding }))
}

function explain(error: unknown): Finding[] {
  const reason = error instanceof Unexamined ? error.message : summarizeFault(error)
  return [unknown(`not checked: ${reason}`)]
}
