import type { Exam } from './exam.ts'

/**
 * - `good`: it fits.
 * - `look`: it works, and the operator should know it.
 * - `mend`: it does not work, or not safely.
 * - `unknown`: it could not be checked.
 */
export type Verdict = 'good' | 'look' | 'mend' | 'unknown'

/** One line of the report. It has no secret in it. */
export interface Finding {
  verdict: Verdict
  /** What was seen, and how to mend it. */
  told: string
}

/** One question to a deployment. */
export interface Check {
  name: string
  /**
   * @throws {Unexamined} when it needs something that another check has found missing
   * @throws when the question could not be asked
   */
  examine: (exam: Exam) => Finding[] | Promise<Finding[]>
}

export const good = (told: string): Finding => ({ verdict: 'good', told })
export const look = (told: string): Finding => ({ verdict: 'look', told })
export const mend = (told: string): Finding => ({ verdict: 'mend', told })
export const unknown = (told: string): Finding => ({ verdict: 'unknown', told })
