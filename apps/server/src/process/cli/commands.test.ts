import { randomUUID } from 'node:crypto'
import { register } from '@latchkey/core/operations/registration/register'
import {
  createMailingCore,
  type MailingCore,
  newEmail,
  PASSWORD,
  signUp,
  signUpForm,
  signUpWithFactors,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toWire } from '../../doors/translate.ts'
import { loadConfig } from '../config/index.ts'
import type { Answer, Command, Work } from './command.ts'
import { COMMANDS } from './commands.ts'
import { requireCommand } from './find-command.ts'
import { HELP, helpOf } from './help.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { planCommand } from './plan-command.ts'
import { UsageError } from './usage-error.ts'

/** Understands a command line as far as that is possible without a database. */
async function plan(args: string[]): Promise<Work> {
  const { command, rest } = requireCommand(args)
  return planCommand(command, parseCommandLine(command, rest))
}

/** The sentence with which a command line is refused. */
async function refusalOf(args: string[]): Promise<string> {
  const error = await plan(args).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).message
}

const cases = COMMANDS.map((command) => [command.name, command] as [string, Command])

describe.each(cases)('%s, without a database,', (name, command) => {
  const words = name.split(' ')
  const { max } = command.words

  it('refuses an unknown option, and lists the options it has', async () => {
    const sentence = await refusalOf([...words, '--nonsense'])
    expect(sentence).toMatch(/^Unknown option '--nonsense'\. /)
    for (const option of [...Object.keys(command.options), 'json']) expect(sentence).toContain(`--${option}`)
  })

  it('refuses too many words, and quotes none of them', async () => {
    const sentence = await refusalOf([...words, ...Array<string>(max + 1).fill('hush')])
    expect(sentence).toMatch(new RegExp(`, not ${max + 1} words?\\.$`))
    expect(sentence).not.toContain('hush')
  })

  it('has its own help, which names every option', () => {
    expect(HELP).toContain(name)
    for (const option of [...Object.keys(command.options), 'json']) {
      expect(helpOf(command)).toContain(`--${option}`)
    }
  })
})

describe.each(cases.filter(([, { words }]) => words.min > 0))('%s, without a database,', (name, command) => {
  const words = name.split(' ')

  it('refuses too few words with what it needs', async () => {
    expect(await refusalOf(words)).toBe(`${name} needs ${command.usage}.`)
  })

  it('refuses words of no known form', async () => {
    // Every text names a folder.
    if (command.usage.startsWith('<folder>')) return
    const sentence = await refusalOf([...words, ...Array<string>(command.words.min).fill('?')])
    expect(sentence).toMatch(/"\?"|: Enter /)
  })
})

/** A command line without a mistake, for the options that another one needs beside it. */
const BESIDE: Record<string, string[]> = {
  'import file': [
    ...['people.csv', '--source', 'people', '--like', 'firebase', '--firebase-salt-separator', 'Bw=='],
    ...['--firebase-rounds', '8', '--firebase-mem-cost', '14'],
  ],
}
/** A small value and one beyond any bound: of a number, of a duration, and of a pair of numbers. */
const FORMS: [string, string][] = [
  ['7', '999999999'],
  ['7s', '999999999s'],
  ['7d', '999999999d'],
  ['7x7', '999x99'],
]

/** The refusal of the value of an option; null when it is not this value that is refused. */
async function refusalOfValue(command: Command, option: string, value: string): Promise<string | null> {
  const beside = BESIDE[command.name] ?? []
  const at = beside.indexOf(`--${option}`)
  const args = [...(at < 0 ? beside : beside.toSpliced(at, 2)), `--${option}`, value]
  const error = await plan([...command.name.split(' '), ...args]).catch((caught: unknown) => caught)
  return error instanceof UsageError && new RegExp(`\\b${option}\\b`).test(error.message)
    ? error.message
    : null
}

it('every option that takes a number or a duration has a bound, and its refusal names both', async () => {
  const [bounded, unbounded]: [string[], string[]] = [[], []]
  for (const command of COMMANDS) {
    for (const [option, { type }] of Object.entries(command.options)) {
      if (type !== 'string' || !(await refusalOfValue(command, option, 'word'))) continue
      for (const [small, huge] of FORMS) {
        if (await refusalOfValue(command, option, small)) continue
        const sentence = await refusalOfValue(command, option, huge)
        ;(/\d/.test(sentence ?? '') ? bounded : unbounded).push(`${command.name} --${option} ${small}`)
      }
    }
  }
  expect(unbounded).toEqual([])
  expect(bounded).toEqual(
    expect.arrayContaining([
      ...['user list --limit 7', 'secret rotate --wait 7s', 'import django --refresh-lifetime 7d'],
      ...['import django --recovery-codes 7x7', 'import file --firebase-rounds 7'],
    ]),
  )
})

describe('a command line is refused with the choices:', () => {
  const id = randomUUID()

  it.each<[string, string[], RegExp]>([
    ['a misspelt command', ['user', 'crate'], /Did you mean user create\?$/],
    [
      'a group alone',
      ['secret'],
      /The commands of secret are secret list, secret rotate and secret retire\.$/,
    ],
    [
      'a command of a known group',
      ['keys', 'nonsense'],
      /The commands of keys are keys list, keys rotate, keys retire, keys import-hs256 and keys reseal\.$/,
    ],
    ['a group alone', ['user'], /The commands of user are user create, .* and /],
    [
      'an unknown command',
      ['sing'],
      /Commands begin with start, user, keys, secret, mail, import, export, housekeeping, migrate, doctor or health\.$/,
    ],
    [
      'an unknown role',
      ['user', 'set-role', id, 'boss'],
      /"boss" is no role\. The roles are user \(0\), staff \(1000\), superuser \(900\), /,
    ],
    ['a role beyond all', ['user', 'list', '--role', '99999'], /"99999" is no role\./],
    [
      'a text that names no account',
      ['user', 'show', 'ada lovelace'],
      /"ada lovelace" is neither an address .* nor the id /,
    ],
    ['no terminal to ask on', ['user', 'delete', id], /no terminal to ask on; add --yes\.$/],
    [
      'no terminal to ask on about a key',
      ['keys', 'retire', 'AbCdEfGhIjKl'],
      /no terminal to ask on; add --yes\.$/,
    ],
    ['what is no key', ['keys', 'retire', 'k', '--yes'], /"k" is not the id of a key; latchkey keys list/],
    [
      'an option without its value',
      ['user', 'list', '--limit'],
      /^Option '--limit <value>' argument missing\. /,
    ],
    [
      'a mail that has no id',
      ['mail', 'retry', 'x'],
      /"x" is not the id of a mail; latchkey mail failed shows/,
    ],
  ])('%s', async (_, args, sentence) => {
    expect(await refusalOf(args)).toMatch(sentence)
  })
})

it.each(['root@localhost', 'postmaster@[127.0.0.1]', 'you@example.com'])(
  'mail test takes an address that only the relay may know: %s',
  async (address) => {
    await expect(plan(['mail', 'test', address])).resolves.toBeTypeOf('function')
  },
)

it('mail test refuses several addresses', async () => {
  expect(await refusalOf(['mail', 'test', 'a@example.com,b@example.com'])).toMatch(/is not an email address/)
})

describe('the commands answer for a person and, with --json, for a program:', () => {
  let test: MailingCore
  let email: string
  let id: string
  beforeAll(async () => {
    test = await createMailingCore()
    email = newEmail()
    id = (await signUp(test.ctx, email)).userId
  })
  afterAll(() => test.close())

  async function run(args: string[]): Promise<Answer> {
    const work = await plan(args)
    const { config } = loadConfig({})
    const database = { url: test.database.url, poolSize: 2, prepare: true }
    return work({
      config,
      open: async () => ({ ctx: test.ctx, mail: 'dev', database }),
      onDatabase: (act) => act(database),
    })
  }

  const account = {
    is_active: true,
    email_verified: false,
    first_name: 'Ada',
    last_name: 'Lovelace',
    role: 0,
    second_factor: false,
    passkeys: 0,
  }

  it.each<[string, RegExp, object]>([
    ['user show EMAIL', /Ada Lovelace/, { ...account, sessions: [{ os: null }] }],
    ['user list EMAIL', /no +Ada/, { items: [account], next_cursor: null }],
    ['migrate', /^The database is up to date\.$/, { migrated: [] }],
    ['migrate --check', /^The database is up to date\.$/, { waiting: [] }],
    ['user verify ID', /is verified\.$/, { email_verified: true }],
    ['user verify ID', /was verified before\.$/, { email_verified: true }],
    ['user set-role ID Staff', /has role 1000;/, { role: 1000 }],
    ['user set-role ID 7', /has role 7;/, { role: 7 }],
    ['user deactivate EMAIL', /^Deactivated/, { is_active: false }],
    ['user reactivate EMAIL', /^Reactivated/, { is_active: true }],
    ['user end-sessions ID', /^Ended 0 sessions/, { sessions: 0 }],
    ['user send-reset ID', /waits to be mailed/, {}],
    [
      'user reset-factors ID',
      /no second factor now; 0 sessions have ended\. Its password works no longer\. A link .* waits to be mailed/,
      { sessions: 0, keeps_password: false, is_mailed: true },
    ],
    [
      'user reset-factors EMAIL --keep-password',
      /works as before\.$/,
      { keeps_password: true, is_mailed: false },
    ],
    [
      'user set-email ID next@example.com',
      / is next@example\.com now; 0 sessions/,
      { email: 'next@example.com' },
    ],
    ['user set-email ID next@example.com', /its address already/, { sessions: 0 }],
    ['user list --role 7', /next@example\.com/, { items: [{ email: 'next@example.com', role: 7 }] }],
    ['user delete ID --yes', /^Deleted next@example\.com\.$/, { deleted: true }],
    ['user list EMAIL', /^None\.$/, { items: [] }],
    ['keys list', / active /, { keys: [{ status: 'active' }, { status: 'next' }] }],
    ['keys rotate', / signs now/, {}],
    ['keys rotate --force', / signs now/, {}],
    // A mail of the tests above may still be on its way.
    ['mail list', /^(None\.$|mail .* why it waits)/, { mails: expect.any(Array) }],
    ['mail failed', /^None\.$/, { mails: [] }],
    ['mail retry', /^Put 0 mails /, { queued: 0 }],
    ['import status', /^None\.$/, { imports: [] }],
  ])('%s', async (line, text, data) => {
    const args = line.replace('EMAIL', email).replace('ID', id).split(' ')
    const answer = await run(args)
    expect(answer.text).toMatch(text)
    expect(JSON.parse(JSON.stringify(toWire(answer.data)))).toMatchObject(data)
  })

  it('keys rotate refuses a second turn, with the time from which it is accepted', async () => {
    await expect(run(['keys', 'rotate'])).rejects.toThrow(
      /Rotate again after \d{4}-\d\d-.*, or add --force\.$/,
    )
  })

  it('keys retire takes the active key out of service, and refuses a key that is in no service', async () => {
    const { kid } = test.ctx.keys.active()
    const { text, data } = await run(['keys', 'retire', '--yes', '--', kid])
    const { kid: active } = test.ctx.keys.active()
    expect(text).toContain(`${kid} is out of service, and its private half is deleted. ${active} signs now.`)
    expect(data).toEqual({ kid, status: 'active', active })
    await expect(run(['keys', 'retire', '--yes', '--', kid])).rejects.toThrow(
      `No key ${kid} is in service. See: latchkey keys list`,
    )
  })

  it('user set-email refuses a taken address, and user show an account that does not exist', async () => {
    const [first, second] = [await signUp(test.ctx), await signUp(test.ctx)]
    await expect(run(['user', 'set-email', first.email, second.email])).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(run(['user', 'show', 'nobody@example.com'])).rejects.toThrow('There is no account nobody@')
  })

  it('user reset-factors removes what user show tells of', async () => {
    const { userId, email: owner } = await signUpWithFactors(test, { totp: true, passkey: true })
    expect((await run(['user', 'show', owner])).text).toMatch(/second factor +yes\npasskeys +1\n/)
    expect((await run(['user', 'list', owner])).text).toMatch(/Lovelace +yes +1 /)
    const { text } = await run(['user', 'reset-factors', owner, '--keep-password'])
    expect(text).toMatch(/^\S+ has no second factor now; 1 session has ended\./)
    const { data } = await run(['user', 'show', userId])
    expect(data).toMatchObject({ secondFactor: false, passkeys: 0, sessions: [] })
    await run(['user', 'deactivate', owner])
    expect((await run(['user', 'reset-factors', owner])).text).toMatch(/No link is mailed, because/)
  })

  it('user verify of a sign-up that is not confirmed tells so', async () => {
    const form = signUpForm()
    await register(withConfig(test.ctx, { emailVerification: 'mandatory' }), form)
    await expect(run(['user', 'verify', form.email])).rejects.toThrow(
      `There is no account ${form.email}. A sign-up with this address waits for its mailed link;`,
    )
  })

  it('user create with an invitation answers with the account', async () => {
    const invited = newEmail()
    const { text, data } = await run(['user', 'create', '--email', invited, '--invite', '--staff'])
    expect(text).toMatch(/role 1000\.\nAn invitation waits/)
    expect(data).toMatchObject({ email: invited, role: 1000, emailVerified: false })
    expect(JSON.stringify(data)).not.toContain(PASSWORD)
  })

  it('user create takes a language of the server, and shows it', async () => {
    const words = ['user', 'create', '--email', newEmail(), '--invite', '--language', 'de-CH']
    const { data } = await run(words)
    expect(data).toMatchObject({ language: 'de' })
    expect((await run(['user', 'show', (data as { id: string }).id])).text).toMatch(/language +de/)
    expect(await refusalOf(words.with(-1, 'ca'))).toBe('language: This language is not supported.')
  })
})
