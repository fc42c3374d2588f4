import { createReadStream } from 'node:fs'
import type { Source, SourceKeyType, SourceUser } from '../records.ts'
import { SourceError } from '../source-error.ts'
import { createCheck, type LineFault } from './check-users.ts'
import { findKeyType } from './key-type.ts'
import { findLikeness, type Product } from './like/find-likeness.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { FIELD_NAMES, readUser } from './read-user.ts'
import type { FileRecord } from './records.ts'

/** A file with users, and how to read it. */
export interface FileSourceOptions {
  /** The path of a file, or a stream that can be read once. */
  input: string | AsyncIterable<Buffer>
  format: 'ndjson' | 'csv'
  /** What `imports.source` says. The operator gives it, because a file does not say where it is from. */
  name: string
  /** What the keys are. A file is asked when this is missing; a stream has texts then. */
  keyType?: SourceKeyType
  /** The product that made the file. The fields of `import file` unless given. */
  product?: Product
  /** Fields of unknown names are left out. They are refused unless this is true. */
  ignoreUnknown?: boolean
  /** Lines with a fault are left out. They are refused unless this is true. */
  skipBadLines?: boolean
  /** Is called with each line that is left out. */
  onBadLine?: (fault: LineFault) => void
}

/**
 * Opens a file with one user a line.
 *
 * A file is read twice: the first time all of it is checked, so that a bad line is named before anything is imported. A
 * stream is checked while it is read.
 *
 * @throws {SourceError} the file cannot be read, or has lines with a fault; the first ones are named
 */
export async function openFileSource(options: FileSourceOptions): Promise<Source> {
  const { input } = options
  const isFile = typeof input === 'string'
  const found = isFile ? await inspect(options, input) : { users: 0, keyType: 'text' as const }
  const keyType = options.keyType ?? found.keyType
  const check = createCheck({ ...options, keyType })
  return {
    kind: 'file',
    name: options.name,
    keyType,
    count: async () => ({ users: found.users, sessions: 0 }),
    users: () => readUsers(options, check),
    sessions: async function* () {},
    facts: async () => ({ bad_line: check.faults() }),
    close: async () => {},
  }
}

/** Reads a file to its end, and keeps no user. */
async function inspect(options: FileSourceOptions, input: string) {
  const keys = findKeyType()
  const check = createCheck({ ...options, onBadLine: undefined, collects: true })
  let users = 0
  for await (const batch of readUsers({ ...options, input }, check)) {
    users += batch.length
    for (const { oldId } of batch) keys.see(oldId)
  }
  check.end()
  return { users, keyType: keys.type() }
}

async function* readUsers(
  options: FileSourceOptions,
  check: ReturnType<typeof createCheck>,
): AsyncGenerator<SourceUser[]> {
  const { input, format, product } = options
  const chunks = typeof input === 'string' ? openFile(input) : input
  const checkNames = (names: string[]) => {
    if (!product && !options.ignoreUnknown) requireKnown(names)
  }
  const likeness = product && findLikeness(product)
  let taken = 0
  const batches = format === 'csv' ? readCsv(chunks, checkNames) : readNdjson(chunks)
  for await (const records of batches) {
    const users = records.flatMap((record) => {
      const user = toUser(record)
      return 'problem' in user ? check.refuse(record.line, user.problem) : check.take(record.line, user)
    })
    taken += users.length
    if (users.length > 0) yield users
  }
  // An empty file is a mistake: a final run would deactivate every user.
  if (taken === 0 && check.faults() === 0) throw new SourceError('The file has no users.')

  function toUser(record: FileRecord) {
    if ('problem' in record) return record
    if (!likeness) {
      if (format === 'ndjson') checkNames(Object.keys(record.fields))
      return readUser(record.fields)
    }
    const { fields, remarks } = likeness(record.fields)
    return readUser(fields, remarks)
  }
}

async function* openFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'error'
    throw new SourceError(`The file ${path} cannot be read (${code}).`, { cause })
  }
}

function requireKnown(names: string[]): void {
  const unknown = names.filter((name) => !FIELD_NAMES.includes(name))
  if (unknown.length === 0) return
  const shown = unknown.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)))
  throw new SourceError(
    `The file has fields of unknown names: ${shown.join(', ')}. Known are ${FIELD_NAMES.join(', ')}.`,
  )
}
