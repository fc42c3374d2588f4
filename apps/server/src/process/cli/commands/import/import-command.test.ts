import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Source, SourceUser } from '@latchkey/core/imports/records'
import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../config/index.ts'
import { parseCommandLine } from '../../parse-command-line.ts'
import { planCommand } from '../../plan-command.ts'
import { UsageError } from '../../usage-error.ts'
import { importCommand } from './import-command.ts'
import { SESSION_OPTIONS } from './options.ts'
import { IMPORT_STATUS } from './status.ts'
import { IMPORT_UNDO } from './undo.ts'

let test: TestCore
let folder: string
beforeAll(async () => {
  test = await createTestCore()
  folder = await mkdtemp(join(tmpdir(), 'import-'))
})
afterAll(() => test.close())

const ADA: SourceUser = {
  ...{
    oldId: '7',
    email: 'ada@example.com',
    emailVerified: true,
    firstName: 'Ada',
    lastName: 'L',
    role: 900,
  },
  ...{
    isActive: true,
    createdAt: new Date(),
    lastLogin: null,
    passwordHash: 'pbkdf2_sha256$1000$s$AAAA',
    passwordForm: 1,
  },
  ...{
    remarks: [{ word: 'secondary_address', detail: 'ada@old.example.com' }],
    totp: null,
    recoveryCodes: null,
  },
}

function sourceOf(users: SourceUser[]): Source {
  return {
    ...{
      kind: 'django',
      name: 'people.csv',
      keyType: 'integer',
      count: async () => ({ users: 0, sessions: 0 }),
    },
    users: async function* () {
      yield users
    },
    sessions: async function* () {},
    facts: async () => ({ groups: 3 }),
    close: async () => {},
  }
}

const peopleOf = (users: SourceUser[]) =>
  importCommand({
    ...{
      name: 'import people',
      summary: 'Of a test',
      usage: '',
      options: SESSION_OPTIONS,
      words: { min: 0, max: 0 },
    },
    plan: () => async () => sourceOf(users),
  })

const PEOPLE = peopleOf([ADA, { ...ADA, oldId: '8', email: 'ADA@example.com ' }])

async function run(command: typeof PEOPLE, args: string[]) {
  const database = { url: test.database.url, poolSize: 2, prepare: true }
  const work = await planCommand(command, parseCommandLine(command, args))
  const { config } = loadConfig({})
  return work({
    config,
    open: async () => ({ ctx: test.ctx, mail: 'off', database }),
    onDatabase: (act) => act(database),
  })
}

describe('the options of an import name their mistakes:', () => {
  it.each([
    [['--mfa', 'all'], '--mfa takes keep, drop or stop.'],
    [['--weak', 'md5'], '--weak takes stop, wrap or reset.'],
    [['--unverified', 'no'], '--unverified takes account or pending.'],
    [['--refresh-lifetime', 'long'], /^--refresh-lifetime takes a duration/],
    [['--source', ''], /^--source takes a name/],
    [['--report', ''], '--report takes the path of a file.'],
  ])('%s', async (args, sentence) => {
    const refused = await run(PEOPLE, args).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UsageError)
    expect((refused as Error).message).toMatch(sentence)
  })
})

describe('an import on the command line', () => {
  it('stops at a conflict with the option that goes on, and reports each case in a file of its owner alone', async () => {
    const path = join(folder, 'report.jsonl')
    const { failure, text, data } = await run(PEOPLE, ['--report', path])
    expect(failure).toMatch(/^Nothing was written:\n1 user shares an address .*: --accept-duplicates\.$/)
    expect(text).toMatch(/^Nothing was written\. The source is people\.csv\./)
    expect(data).toMatchObject({ id: null, stops: [expect.any(String)] })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const report = await readFile(path, 'utf8')
    expect(
      report
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toContainEqual({
      ...{ word: 'duplicate_address', old_id: '8', email: 'ada@example.com', with: '7' },
    })
    expect(report).not.toContain('pbkdf2')
    expect(await test.database.sql`select from imports`).toHaveLength(0)
  })

  it('names the setting that the hashes of Firebase need, of whichever source they are', async () => {
    const hash = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=='
    const passwordHash = `latchkey-firebase$n=14,r=8,p=1$Bw==$$42xEC+ixf3L2lw==$${hash}`
    const { text } = await run(peopleOf([{ ...ADA, passwordHash }]), ['--dry-run'])
    expect(text).toMatch(/^FIREBASE_SIGNER_KEY +base64_signer_key of the password hash parameters;/m)
  })

  it('tells what it did, is listed, and is taken back', async () => {
    const { text, data, failure } = await run(PEOPLE, ['--accept-duplicates'])
    expect(failure).toBeUndefined()
    expect(text).toMatch(/^Import \S+ of people\.csv is done\./)
    expect(text).toMatch(/^in the source .*\nusers +2\ngroups +3\n/m)
    expect(text).toMatch(/^to move in +count\naccounts +1\n/m)
    expect(text).not.toContain('FIREBASE_SIGNER_KEY')
    expect(text).toMatch(/users added +1\nusers changed +0\n/)
    expect(text).toContain('Old tokens are refused until a run with --final has finished.')
    const { id } = data as { id: string }
    expect((await run(IMPORT_STATUS, [])).text).toContain(`${id}  people.csv  django`)
    expect((await run(IMPORT_UNDO, [id, '--yes'])).text).toMatch(
      /^Deleted 1 user of people\.csv\. 0 users stay/,
    )
  })

  it('refuses a report whose folder is missing, before it reads anything', async () => {
    await expect(run(PEOPLE, ['--report', join(folder, 'none', 'r')])).rejects.toThrow(
      /cannot be written to .* \(ENOENT\)/,
    )
  })
})
