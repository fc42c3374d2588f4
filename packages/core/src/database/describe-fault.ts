import { DrizzleQueryError } from 'drizzle-orm'
import { readServerWords, type ServerWords } from './server-words.ts'

const MAX_CAUSES = 5
const STATEMENT_MAX_CHARACTERS = 200

/** One error of a fault, as the log has it. */
export interface DescribedFault extends Partial<ServerWords> {
  type: string
  message: string
  code?: string
  stack: string
}

/**
 * Describes a fault for the log, without the values a failed statement was run with.
 *
 * The query builder puts the values into its message, and PostgreSQL puts some of them into its own. The description
 * keeps what PostgreSQL says about the fault itself: severity, SQLSTATE, and the names of table and constraint.
 */
export function describeFault(fault: unknown): DescribedFault[] {
  return listCauses(fault).map((error) => ({
    type: error.name,
    code: readCode(error),
    ...(readServerWords(error) ?? { message: readMessage(error) }),
    stack: listFrames(error),
  }))
}

/**
 * Says in one line what caused a fault, for the terminal of an operator: the words of PostgreSQL, or those of the
 * system or the driver.
 *
 * @returns for example `FATAL 3D000: database "accounts" does not exist`
 */
export function summarizeFault(fault: unknown): string {
  const error = listCauses(fault).at(-1)
  if (!error) return 'unknown'
  const code = readCode(error)
  const words = readServerWords(error)
  if (!words) {
    const message = readMessage(error)
    return code === undefined || message.includes(code) ? message : `${message} (${code})`
  }
  const { severity, message, ...named } = words
  const names = Object.entries(named).map(([kind, name]) => `${kind} ${name}`)
  return `${severity} ${code}: ${message}${names.length > 0 ? ` (${names.join(', ')})` : ''}`
}

/** Lists an error and what caused it, the outermost first; what is thrown and no error becomes one. */
export function listCauses(fault: unknown): Error[] {
  const causes: Error[] = []
  for (let error = fault; causes.length < MAX_CAUSES && error !== undefined && error !== null; ) {
    const known = error instanceof Error ? error : new Error(`thrown: ${typeof error}`)
    causes.push(known)
    error = known.cause
  }
  return causes
}

/** The code of an error of the system, the driver or PostgreSQL. */
export function readCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function readMessage(error: Error): string {
  // The builder's own message ends with the values of the statement.
  if (error instanceof DrizzleQueryError) return `Failed query: ${shorten(error.query)}`
  // A host with several addresses fails once for each of them, and the error around these has no words.
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((one) => (one instanceof Error ? one.message : typeof one)).join('; ')
  return error.message
}

function shorten(statement: string): string {
  const line = statement.replace(/\s+/g, ' ').trim()
  return line.length <= STATEMENT_MAX_CHARACTERS ? line : `${line.slice(0, STATEMENT_MAX_CHARACTERS)}…`
}

/** The call sites alone: the first lines of a stack repeat the message. */
function listFrames(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
