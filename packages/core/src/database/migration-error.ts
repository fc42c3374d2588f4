import { listCauses, readCode, summarizeFault } from './describe-fault.ts'

const ADVICE: Record<string, string> = {
  '42P07':
    'another application uses the name; give Latchkey a schema of its own: CREATE SCHEMA latchkey, and ALTER ROLE … SET search_path = latchkey',
  '55P03': 'another transaction held a table for minutes; end that transaction and start again',
  '42501': 'migrate with a role that owns the tables: latchkey migrate',
}

/** A migration that failed. The message names it and has the words of PostgreSQL; it is written for the terminal. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  /** The code of the cause. */
  readonly code: string | undefined

  constructor(migration: string, fault: unknown) {
    const cause = listCauses(fault).at(-1)
    const code = cause && readCode(cause)
    const advice = code && ADVICE[code] ? `: ${ADVICE[code]}` : ''
    super(`The migration ${migration} failed: ${summarizeFault(fault)}${advice}`)
    this.code = code
  }
}
