import { PRODUCTS, type Product } from '@latchkey/core/imports/file/like/find-likeness'
import { type FileSourceOptions, openFileSource } from '@latchkey/core/imports/file/source'
import type { Command, Given } from '../../command.ts'
import { UsageError } from '../../usage-error.ts'
import { importCommand } from './import-command.ts'

const KEYS = ['uuid', 'integer', 'text'] as const
const STANDARD_INPUT = '-'

export const IMPORT_FILE: Command = importCommand({
  name: 'import file',
  summary: 'Move users in from a file with one user a line: NDJSON or CSV',
  usage: '<file> --source <name> [options]',
  options: {
    format: { type: 'string', help: 'ndjson or csv; by the ending of the file when left out.' },
    keys: {
      type: 'string',
      help: 'uuid, integer or text: what the ids are; the file is asked when left out.',
    },
    like: { type: 'string', help: `${PRODUCTS.join(', ')}: the product that made the file.` },
    'firebase-rounds': { type: 'string', help: 'rounds, of the password hash parameters of the project.' },
    'firebase-mem-cost': { type: 'string', help: 'mem_cost, of the same parameters.' },
    'firebase-salt-separator': { type: 'string', help: 'base64_salt_separator, of the same parameters.' },
    'ignore-unknown': { type: 'boolean', help: 'Leave out fields of unknown names.' },
    'skip-bad-lines': { type: 'boolean', help: 'Leave out lines that cannot be read, and report each.' },
  },
  words: { min: 1, max: 1 },
  plan: (given) => {
    const options = readOptions(given)
    return ({ onCase }) =>
      openFileSource({
        ...options,
        input: options.input === STANDARD_INPUT ? process.stdin : options.input,
        onBadLine: ({ line, problem }) =>
          void onCase({ word: 'bad_line', oldId: '', email: '', with: `line ${line} ${problem}` }),
      })
  },
})

type Options = Omit<FileSourceOptions, 'input' | 'onBadLine'> & { input: string }

function readOptions({ options: given, words: [input = ''] }: Given): Options {
  const product = readProduct(given)
  const format = readFormat(given.format, { input, product })
  const { source } = given
  if (source === undefined) {
    throw new UsageError('Name where the file is from with --source, the same name in each run.')
  }
  return {
    input,
    format,
    product,
    name: String(source),
    keyType: readKeys(given.keys),
    ignoreUnknown: given['ignore-unknown'] === true,
    skipBadLines: given['skip-bad-lines'] === true,
  }
}

function readFormat(
  given: string | boolean | undefined,
  { input, product }: { input: string; product: Product | undefined },
): 'ndjson' | 'csv' {
  if (given === 'ndjson' || given === 'csv') return given
  if (given !== undefined) throw new UsageError('--format takes ndjson or csv.')
  if (/\.csv$/i.test(input)) return 'csv'
  if (/\.(?:ndjson|jsonl|json)$/i.test(input) || (product && product.name !== 'clerk')) return 'ndjson'
  throw new UsageError(`"${input}" does not say its format; add --format ndjson or --format csv.`)
}

function readKeys(given: string | boolean | undefined): Options['keyType'] {
  const found = KEYS.find((keys) => keys === given)
  if (found === undefined && given !== undefined) throw new UsageError('--keys takes uuid, integer or text.')
  return found
}

function readProduct(given: Given['options']): Product | undefined {
  const name = PRODUCTS.find((product) => product === given.like)
  if (given.like !== undefined && name === undefined) {
    throw new UsageError(`--like takes ${PRODUCTS.slice(0, -1).join(', ')} or ${PRODUCTS.at(-1)}.`)
  }
  if (name !== 'firebase') return name && { name }
  const saltSeparator = given['firebase-salt-separator']
  if (saltSeparator === undefined) throw new UsageError('--like firebase needs --firebase-salt-separator.')
  return {
    name,
    parameters: {
      rounds: readNumber(given, 'firebase-rounds'),
      memCost: readNumber(given, 'firebase-mem-cost'),
      saltSeparator: String(saltSeparator),
    },
  }
}

function readNumber(given: Given['options'], option: string): number {
  const text = String(given[option] ?? '')
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new UsageError(`--like firebase needs --${option}, a whole number from 1 to 99.`)
}
