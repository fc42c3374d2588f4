/** What PostgreSQL says about a fault, without values. */
export interface ServerWords {
  severity: string
  message: string
  schema?: string
  table?: string
  column?: string
  constraint?: string
}

/** An error as the driver reads it from the wire, by the fields of the protocol. */
interface ServerError extends Error {
  code: string
  severity?: string
  severity_local?: string
  schema_name?: string
  table_name?: string
  column_name?: string
  constraint_name?: string
  routine?: string
  /** The values of the failed statement. */
  parameters?: unknown
}

/**
 * The classes of SQLSTATE in which PostgreSQL names only objects of the database and settings of the server.
 *
 * In every other class the message may quote a value, for example `invalid input syntax for type uuid: "…"` in class 22
 * or whatever a trigger of the operator raises in class P0. What stands in quotes is left out there.
 */
const NAMING_CLASSES = new Set([
  '08',
  '0A',
  '23',
  '25',
  '26',
  '28',
  '3D',
  '3F',
  '40',
  '42',
  '53',
  '54',
  '55',
  '57',
  '58',
  'F0',
  'XX',
])

/** From the first to the last quotation mark, in the marks of every language that PostgreSQL speaks. */
const QUOTED = /["'«»„“”‘’‹›「」『』].*["'«»„“”‘’‹›「」『』]/su
/** The bytes of a text in a wrong encoding. */
const BYTES = /(?:0x[0-9a-f]{2}\s*)+/gi
/** A shorter value would also be found inside of ordinary words. */
const VALUE_MIN_CHARACTERS = 3

/** Answers whether an error came from PostgreSQL or from a pooler before it, as an answer on the connection. */
export function isServerError(error: Error): error is ServerError {
  return error.name === 'PostgresError'
}

/** Answers whether an error is one of a connection attempt: the driver had not yet built the statement. */
export function isWhileConnecting(error: Error): boolean {
  return 'query' in error && error.query === undefined
}

/**
 * Reads the words of PostgreSQL from an error of the driver; null for any other error.
 *
 * The fields `detail`, `hint`, `where` and `internal_query` are never read: they quote rows and statements.
 */
export function readServerWords(error: Error): ServerWords | null {
  if (!isServerError(error)) return null
  return {
    severity: error.severity ?? error.severity_local ?? 'ERROR',
    message: withoutValues(error),
    ...(error.schema_name && { schema: error.schema_name }),
    ...(error.table_name && { table: error.table_name }),
    ...(error.column_name && { column: error.column_name }),
    ...(error.constraint_name && { constraint: error.constraint_name }),
  }
}

function withoutValues(error: ServerError): string {
  const { code, message } = error
  // No statement has reached the server yet, so the message can name nothing but the connection and its settings.
  if (isWhileConnecting(error)) return message
  const isNaming = NAMING_CLASSES.has(code.slice(0, 2))
  const named = isNaming ? message : message.replace(QUOTED, '"…"').replace(BYTES, '0x…')
  return listValues(error).reduce((text, value) => text.replaceAll(value, '…'), named)
}

/** The texts among the values of the failed statement. A trigger may quote them under any SQLSTATE. */
function listValues({ parameters }: ServerError): string[] {
  const values = Array.isArray(parameters) ? parameters : []
  return values.flatMap((value: unknown) => {
    const text = typeof value === 'object' && value !== null && 'value' in value ? value.value : value
    return typeof text === 'string' && text.length >= VALUE_MIN_CHARACTERS ? [text] : []
  })
}
