import { SourceError } from '../source-error.ts'
import { type Line, readLines } from './read-lines.ts'
import { type FileRecord, MAX_LINE_BYTES } from './records.ts'

const BLANK = /^\s*$/

/**
 * Reads a file with one JSON object a line.
 *
 * @throws {SourceError} the file is one JSON array
 */
export async function* readNdjson(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRecord[]> {
  for await (const lines of readLines(chunks, MAX_LINE_BYTES)) {
    yield lines.flatMap((line) => readLine(line) ?? [])
  }
}

function readLine({ number: line, bytes }: Line): FileRecord | null {
  if (!bytes) return { line, problem: `has more than ${MAX_LINE_BYTES} bytes` }
  const text = decode(bytes)
  if (text === null) return { line, problem: 'has bytes that are not UTF-8' }
  if (BLANK.test(text)) return null
  if (line === 1 && text.trimStart().startsWith('[')) {
    throw new SourceError("The file is one JSON array. Write one object a line: jq -c '.[]' FILE")
  }
  return readObject(line, text)
}

function readObject(line: number, text: string): FileRecord {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { line, fields: { ...value } }
    }
  } catch {
    // The error of the parser quotes the line.
  }
  return { line, problem: 'is no JSON object' }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** The decoder cuts a byte order mark. */
function decode(bytes: Buffer): string | null {
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}
