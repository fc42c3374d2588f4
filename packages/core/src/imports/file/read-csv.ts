import { Readable } from 'node:stream'
import { CsvError, type Info, type InfoRecord, parse } from 'csv-parse'
import { spellCount } from '../../words/spell-count.ts'
import { SourceError } from '../source-error.ts'
import { type FileRecord, MAX_LINE_BYTES } from './records.ts'

interface Parsed {
  record: string[]
  info: Info
}

const BATCH = 500
const NOT_UTF8 = '\uFFFD'

/**
 * Reads a CSV file whose first line names its columns.
 *
 * A fault of the quotes ends the reading, because nothing says where the next line begins.
 *
 * @param checkHeader - is called with the names before any line
 * @throws {SourceError} a fault of the header, or of the quotes
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  checkHeader: (names: string[]) => void,
): AsyncGenerator<FileRecord[]> {
  let header: string[] | null = null
  let batch: FileRecord[] = []
  let line = 1
  let parsed = 0
  try {
    for await (const { record, info } of openParser(chunks, (lines) => (parsed = lines))) {
      if (header) batch.push(toRecord(header, record, line))
      else {
        header = readHeader(record)
        checkHeader(header)
      }
      line = info.lines + 1
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    throw error instanceof CsvError ? describe(error, parsed + 1) : error
  }
  if (batch.length > 0) yield batch
}

/** @param onRow - is called with the last line of each row as soon as it is parsed, which is before it is read */
function openParser(chunks: AsyncIterable<Buffer>, onRow: (lines: number) => void): AsyncIterable<Parsed> {
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }
  const on_record = (row: string[], { lines }: InfoRecord) => {
    onRow(lines)
    return row
  }
  const source = Readable.from(chunks)
  const parser = parse({ ...options, max_record_size: MAX_LINE_BYTES, on_record })
  source.on('error', (error) => parser.destroy(error))
  return source.pipe(parser)
}

function readHeader(record: string[]): string[] {
  const names = record.map((name) => name.trim())
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return names
  throw new SourceError(`The header of the file names the column ${JSON.stringify(twice)} twice.`)
}

function toRecord(header: string[], record: string[], line: number): FileRecord {
  if (record.length !== header.length) {
    return {
      line,
      problem: `has ${spellCount(record.length, 'field', 'fields')}, and the header has ${header.length}`,
    }
  }
  if (record.some((value) => value.includes(NOT_UTF8)))
    return { line, problem: 'has bytes that are not UTF-8' }
  return { line, fields: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])) }
}

const FAULTS: Partial<Record<CsvError['code'], string>> = {
  CSV_MAX_RECORD_SIZE: `has more than ${MAX_LINE_BYTES} bytes; a quote may not be closed`,
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
  CSV_INVALID_CLOSING_QUOTE:
    'has a quote that is not closed, or one inside of a field that is not written twice',
  INVALID_OPENING_QUOTE: 'has a quote inside of a field that is not quoted',
}

/** The message of the parser quotes the value. */
function describe(error: CsvError, line: number): SourceError {
  const fault = FAULTS[error.code] ?? `cannot be read (${error.code})`
  return new SourceError(`Line ${line} of the file ${fault}.`)
}
