import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceUser } from '../records.ts'
import { FIELD_NAMES } from './read-user.ts'
import { MAX_LINE_BYTES } from './records.ts'
import { type FileSourceOptions, openFileSource } from './source.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const HASH = '$2b$10$CHTfiTdlRRQiKgNPDTQcHu5ETN9d9aBQYzRZ1MHYzOpOPRL6WcW9q'
const ADA = {
  external_id: '7',
  email: 'Ada@Example.com',
  email_verified: true,
  first_name: 'Ada',
  last_name: 'King, Lovelace',
  role: 1000,
  is_active: true,
  created_at: '2024-02-29T12:00:00.5+01:00',
  password_hash: HASH,
}

async function open(text: string | Buffer, options: Partial<FileSourceOptions> = {}): Promise<Source> {
  const input = join(folder, 'users')
  await writeFile(input, text)
  return openFileSource({ input, format: 'ndjson', name: 'old', ...options })
}

async function listUsers(source: Source): Promise<SourceUser[]> {
  const users: SourceUser[] = []
  for await (const batch of source.users()) users.push(...batch)
  return users
}

async function readAll(text: string | Buffer, options: Partial<FileSourceOptions> = {}) {
  return listUsers(await open(text, options))
}

function toLines(...records: object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

function toCsv(...rows: string[]): string {
  return [Object.keys(ADA).join(','), ...rows].map((row) => `${row}\r\n`).join('')
}

async function refusalOf(text: string | Buffer, options: Partial<FileSourceOptions> = {}): Promise<string> {
  const error = await readAll(text, options).catch((caught: Error) => caught)
  expect(error).toMatchObject({ name: 'SourceError' })
  return (error as Error).message
}

const EXPECTED = {
  oldId: '7',
  email: 'Ada@Example.com',
  emailVerified: true,
  firstName: 'Ada',
  lastName: 'King, Lovelace',
  role: 1000,
  isActive: true,
  createdAt: new Date('2024-02-29T11:00:00.500Z'),
  lastLogin: null,
  passwordHash: HASH,
  passwordForm: 0,
  language: null,
  remarks: [],
  totp: null,
  recoveryCodes: null,
}
const ADA_IN_CSV = `7,Ada@Example.com,TRUE,Ada,"King, Lovelace",1000,1,2024-02-29 12:00:00.5+01,${HASH}`

describe('a user is the same', () => {
  it('as a line of JSON and as a row of CSV', async () => {
    expect(await readAll(toLines(ADA))).toEqual([EXPECTED])
    expect(await readAll(toCsv(ADA_IN_CSV), { format: 'csv' })).toEqual([EXPECTED])
  })

  it.each<[string, 'ndjson' | 'csv', string]>([
    ['a byte order mark', 'ndjson', `\uFEFF${toLines(ADA)}`],
    ['a byte order mark', 'csv', `\uFEFF${toCsv(ADA_IN_CSV)}`],
    ['CR and LF at line ends', 'ndjson', toLines(ADA).replace('\n', '\r\n')],
    ['LF alone at line ends', 'csv', toCsv(ADA_IN_CSV).replaceAll('\r', '')],
    ['empty lines', 'ndjson', `\n${toLines(ADA)}\n  \n`],
    ['empty lines', 'csv', `${toCsv(ADA_IN_CSV)}\r\n\r\n`],
    ['no end of the last line', 'ndjson', toLines(ADA).trimEnd()],
    ['no end of the last line', 'csv', toCsv(ADA_IN_CSV).trimEnd()],
  ])('with %s in %s', async (_, format, text) => {
    expect(await readAll(text, { format })).toEqual([EXPECTED])
  })

  it('however its bytes are cut into chunks', async () => {
    const bytes = Buffer.from(toLines({ ...ADA, first_name: 'Zoë 𝒜' }, ADA))
    async function* cut() {
      for (const byte of bytes) yield Buffer.of(byte)
    }
    const source = await openFileSource({ input: cut(), format: 'ndjson', name: 'old' })
    expect(await listUsers(source)).toEqual([{ ...EXPECTED, firstName: 'Zoë 𝒜' }, EXPECTED])
  })
})

it('a field that is missing, null or empty has its default', async () => {
  const bare = {
    ...EXPECTED,
    oldId: '8',
    email: '',
    emailVerified: false,
    firstName: '',
    lastName: '',
    role: 0,
    createdAt: null,
    passwordHash: '',
  }
  expect(await readAll(toLines({ external_id: '8' }))).toEqual([bare])
  expect(await readAll(toLines({ external_id: '8', email: null, role: null, password_hash: '' }))).toEqual([
    bare,
  ])
  expect(await readAll(toCsv('8,,,,,,,,'), { format: 'csv' })).toEqual([bare])
})

it('the optional fields are taken, of one name too', async () => {
  const more = {
    external_id: 9,
    name: ' Ada King Lovelace ',
    language: 'de',
    last_login: '2024-03-01',
    totp_secret: 'jbsw y3dp-ehpk3pxp====',
    recovery_codes: ['one-1', 'two-2'],
  }
  const [user] = await readAll(toLines(more))
  expect(user).toMatchObject({
    oldId: '9',
    firstName: 'Ada',
    lastName: 'King Lovelace',
    language: 'de',
    lastLogin: new Date('2024-03-01'),
    totp: { secret: 'JBSWY3DPEHPK3PXP' },
    recoveryCodes: ['one-1', 'two-2'],
  })
  const csv = 'external_id,recovery_codes\n9,one-1 two-2\n'
  expect(await readAll(csv, { format: 'csv' })).toMatchObject([{ recoveryCodes: ['one-1', 'two-2'] }])
})

describe('keys', () => {
  const uuid = '0199aa11-2222-4333-8444-555566667777'

  it.each<[string[], Source['keyType']]>([
    [[uuid, uuid.replaceAll('1', '2')], 'uuid'],
    [['1', '9223372036854775807'], 'integer'],
    [[uuid, '1'], 'text'],
    [['01', '2'], 'text'],
    [['auth0|abc'], 'text'],
  ])('%j are of type %s', async (keys, keyType) => {
    const source = await open(toLines(...keys.map((external_id) => ({ external_id }))))
    expect(source.keyType).toBe(keyType)
    expect(await source.count()).toEqual({ users: keys.length, sessions: 0 })
    expect((await listUsers(source)).map(({ oldId }) => oldId)).toEqual(keys)
  })

  it.each<[Source['keyType'], string, RegExp]>([
    ['uuid', '7', /^The file has .*:\nline 1 has an external_id that is no UUID$/],
    ['integer', uuid, /no whole number$/],
  ])('a file of type %s refuses %s', async (keyType, external_id, sentence) => {
    expect(await refusalOf(toLines({ external_id }), { keyType })).toMatch(sentence)
  })

  it('a number beyond 2^53 is refused, because its digits are lost', async () => {
    expect(await refusalOf('{"external_id":9007199254740993}\n')).toMatch(
      /has the field external_id, which is not a text/,
    )
  })
})

describe('a line with a fault is named by number and field, without its values', () => {
  const bad: [string, string, RegExp][] = [
    ['no JSON', `{"password_hash":"${HASH}"`, /^line 2 is no JSON object$/],
    ['another value than an object', '["x"]', /^line 2 is no JSON object$/],
    ['no key', '{"email":"a@example.com"}', /^line 2 has no external_id$/],
    ['a key with blanks', '{"external_id":" 7"}', /external_id, which is not/],
    ['a flag', '{"external_id":"7","is_active":"maybe"}', /is_active, which is not true or false$/],
    ['an object as flag', '{"external_id":"7","is_active":{}}', /is_active, which is not true or false$/],
    ['a role', '{"external_id":"7","role":-1}', /role, which is not a whole number from 0 to 32767$/],
    ['a role with a fraction', '{"external_id":"7","role":1.5}', /role, which is not/],
    [
      'a time without zone',
      '{"external_id":"7","created_at":"2024-01-01T00:00:00"}',
      /created_at, which is not a time/,
    ],
    [
      'a day that is none',
      '{"external_id":"7","created_at":"2023-02-29"}',
      /created_at, which is not a time/,
    ],
    ['a number as address', '{"external_id":"7","email":5}', /email, which is not a text/],
    [
      'a long text',
      `{"external_id":"7","email":"${'a'.repeat(5000)}"}`,
      /email, which is not a text of at most/,
    ],
    [
      'an object as hash',
      '{"external_id":"7","password_hash":{"a":1}}',
      /password_hash, which is not a text/,
    ],
    [
      'a secret',
      '{"external_id":"7","totp_secret":"hush!"}',
      /totp_secret, which is not a secret in base32$/,
    ],
    ['recovery codes', '{"external_id":"7","recovery_codes":[1]}', /recovery_codes, which is not a list/],
    [
      'a long line',
      `{"external_id":"7","email":"${'a'.repeat(MAX_LINE_BYTES)}"}`,
      /has more than 262144 bytes$/,
    ],
  ]

  it.each(bad)('%s', async (_, line, sentence) => {
    const message = await refusalOf(`${toLines(ADA)}${line}\n${toLines(ADA)}`)
    const [, named = '', ...others] = message.split('\n')
    expect(named).toMatch(sentence)
    expect(others).toEqual([])
    for (const value of [HASH, 'hush', 'maybe', 'aaaaaa']) expect(message).not.toContain(value)
  })

  it('bytes that are not UTF-8, in both formats', async () => {
    const broken = Buffer.concat([Buffer.from(toCsv()), Buffer.from('7,caf\xe9,1,,,,,,\n', 'latin1')])
    expect(await refusalOf(broken, { format: 'csv' })).toMatch(/\nline 2 has bytes that are not UTF-8$/)
    const line = Buffer.from('{"external_id":"7","first_name":"Zo\xeb"}\n', 'latin1')
    expect(await refusalOf(line)).toMatch(/\nline 1 has bytes that are not UTF-8$/)
  })

  it('a row with too few or too many fields, after a field with a line end', async () => {
    const text = toCsv('7,a@example.com,1,"Ada\nAugusta",,,,,', '8', '9,,,,,,,,,')
    expect(await refusalOf(text, { format: 'csv' })).toMatch(
      /\nline 4 has 1 field, and the header has 9\nline 5 has 10 fields, and the header has 9$/,
    )
  })

  it.each([
    [
      'a quote that is not closed',
      '7,"a@example.com,1,,,,,,',
      /^Line 2 of the file has a quote that is not closed, or /,
    ],
    [
      'a quote in a quoted field',
      '7,"hu"sh",1,,,,,,',
      /^Line 2 of the file has a quote that is not closed, or one inside /,
    ],
    ['a quote in a field', '7,hu"sh,1,,,,,,', /^Line 2 of the file has a quote inside of a field that /],
    [
      'a long row',
      `7,"${'a'.repeat(MAX_LINE_BYTES + 1)}"`,
      /^Line 2 of the file has more than 262144 bytes; /,
    ],
  ])('%s ends the reading of CSV', async (_, row, sentence) => {
    const message = await refusalOf(toCsv(row, ADA_IN_CSV), { format: 'csv', skipBadLines: true })
    expect(message).toMatch(sentence)
    expect(message).not.toMatch(/hu|aaaa/)
  })

  it('the first twenty are named together, with the number of the others', async () => {
    const message = await refusalOf('{}\n'.repeat(25))
    expect(message.split('\n')).toHaveLength(22)
    expect(message).toMatch(/line 20 has no external_id\nand 5 more$/)
  })

  it('the others are taken when such lines are to be left out, and each is reported', async () => {
    const faults: object[] = []
    const options = { skipBadLines: true, onBadLine: (fault: object) => faults.push(fault) }
    const source = await open(`${toLines(ADA)}nonsense\n{}\n${toLines(ADA)}`, options)
    expect(await listUsers(source)).toEqual([EXPECTED, EXPECTED])
    expect(faults).toEqual([
      { line: 2, problem: 'is no JSON object' },
      { line: 3, problem: 'has no external_id' },
    ])
    expect(await source.facts()).toEqual({ bad_line: 2 })
  })
})

describe('a file is refused as a whole:', () => {
  it.each<[string, string, 'ndjson' | 'csv', RegExp]>([
    [
      'unknown columns',
      'external_id,emial,"x y"\n',
      'csv',
      /unknown names: "emial", "x y"\. Known are external_id, /,
    ],
    ['unknown fields', '{"external_id":"7","emial":"x"}\n', 'ndjson', /unknown names: "emial"\. Known are /],
    ['two columns of one name', 'external_id,email,email\n', 'csv', /names the column "email" twice\.$/],
    [
      'a JSON array',
      '[\n{"external_id":"7"}\n]\n',
      'ndjson',
      /one JSON array\. Write one object a line: jq -c/,
    ],
    ['no line', '', 'ndjson', /^The file has no users\.$/],
    ['a header alone', 'external_id\n', 'csv', /^The file has no users\.$/],
  ])('%s', async (_, text, format, sentence) => {
    expect(await refusalOf(text, { format })).toMatch(sentence)
  })

  it('no file', async () => {
    const input = join(folder, 'nothing')
    await expect(openFileSource({ input, format: 'csv', name: 'old' })).rejects.toThrow(
      /cannot be read \(ENOENT\)\.$/,
    )
  })
})

it('fields of unknown names are left out on demand', async () => {
  expect(await readAll(toLines({ ...ADA, shoe_size: 38 }), { ignoreUnknown: true })).toEqual([EXPECTED])
  const text = 'external_id,shoe_size\n7,38\n'
  expect(await readAll(text, { format: 'csv', ignoreUnknown: true })).toMatchObject([{ oldId: '7' }])
})

it('every field of a file has a name in snake case', () => {
  expect(FIELD_NAMES.filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name))).toEqual([])
})

it('a file of any length is read in constant memory', async () => {
  async function* generate() {
    const line = Buffer.from(toLines({ ...ADA, first_name: 'A'.repeat(500) }))
    for (let index = 0; index < 100_000; index++) yield line
  }
  const source = await openFileSource({ input: generate(), format: 'ndjson', name: 'old' })
  let [users, largest] = [0, 0]
  for await (const batch of source.users()) {
    users += batch.length
    largest = Math.max(largest, batch.length)
  }
  expect(users).toBe(100_000)
  expect(largest).toBeLessThanOrEqual(1000)
})
