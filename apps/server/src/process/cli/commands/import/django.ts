import { readFile } from 'node:fs/promises'
import { SUPERUSER_ROLE } from '@latchkey/contract/roles'
import { openDjango } from '@latchkey/core/imports/django/open-django'
import { type DjangoOptions, USER_COLUMNS, type UserColumn } from '@latchkey/core/imports/django/options'
import type { Given } from '../../command.ts'
import { UsageError } from '../../usage-error.ts'
import { importCommand, type OpeningSource } from './import-command.ts'
import { SESSION_OPTIONS } from './options.ts'
import { requireUrl } from './require-url.ts'

export const IMPORT_DJANGO = importCommand({
  name: 'import django',
  summary: 'Move users, sessions and second factors of django-jwt-allauth in',
  usage: '[options]',
  options: {
    ...SESSION_OPTIONS,
    schema: { type: 'string', help: 'The schema of its tables; the search path of the role when left out.' },
    'user-table': {
      type: 'string',
      help: 'The table of users; found by its foreign keys when left out.',
    },
    'session-table': {
      type: 'string',
      help: 'The table of refresh tokens, where several belong to the users.',
    },
    columns: {
      type: 'string',
      help: 'Columns of the table of users that have another name, such as email=mail,is_active=enabled.',
    },
    'assume-verified': {
      type: 'boolean',
      help: 'Every address counts as proven. Only where there is no account_emailaddress.',
    },
    superusers: {
      type: 'string',
      help: `${SUPERUSER_ROLE}: staff who are superusers get this role; they keep 1000 when left out.`,
    },
    'recovery-codes': {
      type: 'string',
      help: 'Count and digits of the recovery codes, where the settings of allauth have others than 10x8.',
    },
    'sample-token': {
      type: 'string',
      help: 'A file with a token of the deployment, to check DJANGO_SECRET_KEY by. It stays on this machine.',
    },
  },
  words: { min: 0, max: 0 },
  plan: (given) => {
    const options = readDjangoOptions(given)
    const sample = readName(given, 'sample-token')
    return async ({ source, config, ctx }: OpeningSource) => {
      const url = requireUrl('DJANGO_DATABASE_URL', config.importUrls.django)
      const token = sample === undefined ? null : await readToken(sample)
      return openDjango(url, {
        ...options,
        ...(source !== null && { source }),
        ...(token !== null && {
          sample: { token, keys: ctx.oldTokens, nowSeconds: ctx.clock.epochSeconds() },
        }),
      })
    }
  },
})

/** @throws {UsageError} naming the option and what it takes */
function readDjangoOptions(given: Given): DjangoOptions {
  const columns = readName(given, 'columns')
  const codes = readName(given, 'recovery-codes')
  const superusers = readName(given, 'superusers')
  if (superusers !== undefined && superusers !== String(SUPERUSER_ROLE)) {
    throw new UsageError(`--superusers takes ${SUPERUSER_ROLE}.`)
  }
  return {
    schema: readName(given, 'schema'),
    userTable: readName(given, 'user-table'),
    sessionTable: readName(given, 'session-table'),
    assumeVerified: given.options['assume-verified'] === true,
    promoteSuperusers: superusers !== undefined,
    ...(columns !== undefined && { columns: readColumns(columns) }),
    ...(codes !== undefined && { recoveryCodes: readCodes(codes) }),
  }
}

function readName({ options }: Given, option: string): string | undefined {
  const text = options[option]
  if (text === undefined || typeof text === 'boolean') return undefined
  if (text.trim() === '') throw new UsageError(`--${option} has no value.`)
  return text
}

/** A name of a column may have any character but a comma. */
function readColumns(text: string): Partial<Record<UserColumn, string>> {
  const pairs = text.split(',').map((pair) => {
    const [, column = '', name] = /^([^=]*)=(.+)$/s.exec(pair) ?? []
    const known = USER_COLUMNS.find((candidate) => candidate === column.trim())
    if (known && name) return [known, name] as const
    throw new UsageError(
      `--columns takes pairs such as email=mail, and their first names are ${USER_COLUMNS.join(', ')}.`,
    )
  })
  return Object.fromEntries(pairs)
}

const MAX_CODES = 100
const MAX_DIGITS = 20

function readCodes(text: string): { count: number; digits: number } {
  const [, count, digits] = (/^(\d{1,3})x(\d{1,2})$/.exec(text) ?? []).map(Number)
  const isFit = count && digits && count <= MAX_CODES && digits >= 6 && digits <= MAX_DIGITS
  if (isFit) return { count, digits }
  throw new UsageError(
    `--recovery-codes takes a count up to ${MAX_CODES} and 6 to ${MAX_DIGITS} digits, such as 10x8.`,
  )
}

/** A token does not stand on a command line, where other users of the machine see it. */
async function readToken(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    throw new Error(`The file of --sample-token cannot be read: ${path}`)
  }
}
