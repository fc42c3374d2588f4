import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTestDatabase,
  NEW_PASSWORD,
  PASSWORD,
  readClaims,
  startSmtpSink,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { bundleServer } from './server-bundle.ts'

let main: string
let cli: string
let database: TestDatabase
let settings: Record<string, string>
beforeAll(async () => {
  ;({ main, cli } = await bundleServer())
  database = await createTestDatabase({ empty: true })
  settings = { DATABASE_URL: database.url, SECRET_KEY: 'y'.repeat(40), PASSWORD_HASH_MEMORY_KIB: '8' }
})
afterAll(() => database.drop())

interface Done {
  code: number | null
  out: string
  err: string
}

async function latchkey(words: string[], options: { input?: string; env?: object } = {}): Promise<Done> {
  const env = { PATH: process.env.PATH, ...settings, ...options.env }
  const child = spawn(process.execPath, [cli, ...words], { env })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

const create = (email: string, words: string[] = [], input = `${PASSWORD}\n`) =>
  latchkey(['user', 'create', '--email', email, '--password-stdin', ...words], { input })

/** Runs a command on a terminal: waits for each question, and types its answer. */
async function onTerminal(words: string[], talk: [string, string][]): Promise<{ code: number; out: string }> {
  const script = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
seen = b''
for question, answer in [${talk.map(([question, answer]) => `(b'${question}', b'${answer}')`).join(', ')}]:
    while question not in seen: seen += os.read(fd, 1000)
    os.write(fd, answer)
try:
    while True:
        chunk = os.read(fd, 1000)
        if not chunk: break
        seen += chunk
except OSError: pass
sys.stdout.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`
  const child = spawn('python3', ['-c', script, process.execPath, cli, ...words], {
    env: { PATH: process.env.PATH, ...settings },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      out += chunk
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, out }
}

const ONLY = 'only@example.com'

it('an answer that nobody can read is told in a sentence, and the command fails', async () => {
  const child = spawn(process.execPath, [cli, 'user', 'list'], {
    env: { PATH: process.env.PATH, ...settings },
  })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(err).toBe('The answer cannot be written (EPIPE).\n')
})

describe('user create', () => {
  it('creates the first superuser, and records the operator as its creator', async () => {
    const made = await create(' Only@Example.com ', ['--superuser', '--first-name', 'Ada'])
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toMatch(/^Made only@example\.com \([0-9a-f-]{36}\), role 900\.\n$/)
    const rows = await database.sql`
      select kind, actor, actor_id, browser, details from audit_events join users on users.id = user_id`
    expect(rows).toEqual([
      {
        kind: 'account_created',
        actor: 'operator',
        actor_id: null,
        browser: 'latchkey-cli',
        details: { role: 900 },
      },
    ])
  })

  it.each<[string, string[], string, number, RegExp]>([
    [
      'a taken address',
      ['--email', ONLY, '--password-stdin'],
      PASSWORD,
      1,
      /^email: A user is already registered/,
    ],
    [
      'no address',
      ['--email', 'x', '--password-stdin'],
      PASSWORD,
      2,
      /^email: Enter a valid email address\.$/m,
    ],
    [
      'a weak password',
      ['--email', 'a@example.com', '--password-stdin'],
      '12345',
      1,
      /^password: .*too short/,
    ],
    ['no password', ['--email', 'a@example.com', '--password-stdin'], '', 2, /no password on standard input/],
    ['no terminal', ['--email', 'a@example.com'], '', 2, /no terminal/],
    ['no email', [], '', 2, /--email is missing/],
    [
      'a password as an argument',
      ['--email', 'a@example.com', '--password', 'x'],
      '',
      2,
      /Unknown option '--password'/,
    ],
    ['two roles', ['--email', 'a@example.com', '--staff', '--superuser'], '', 2, /exclude one another/],
    ['an invitation without mail', ['--email', 'a@example.com', '--invite'], '', 1, /^MAIL is off/],
  ])('refuses %s with a sentence about the fault', async (_name, words, input, code, sentence) => {
    const done = await latchkey(['user', 'create', ...words], { input, env: { MAIL: 'off' } })
    expect(done).toMatchObject({ code, out: '' })
    expect(done.err).toMatch(sentence)
    expect(done.err).not.toMatch(/ {4}at |argon2/)
  })

  it('asks twice on a terminal and does not show the typed password', async () => {
    const typed = 'terminal horsf\\x7fe\\r'
    const done = await onTerminal(
      ['user', 'create', '--email', 'typed@example.com'],
      [
        ['Password: ', typed],
        ['again: ', typed],
      ],
    )
    expect(done.code).toBe(0)
    expect(done.out).toContain('Made typed@example.com')
    expect(done.out).not.toContain('horse')
  })
})

describe('user delete', () => {
  it('asks on a terminal, and deletes after a yes alone', async () => {
    await create('asked@example.com')
    const words = ['user', 'delete', 'asked@example.com']
    const kept = await onTerminal(words, [['Type yes', 'y\\r']])
    expect(kept).toMatchObject({
      code: 1,
      out: expect.stringContaining('asked@example.com was not deleted.'),
    })
    const done = await onTerminal(words, [['Type yes', 'yes\\r']])
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Deleted asked@example.com.') })
  })
})

describe('user set-password', () => {
  it('reads the password from standard input, and never from the command line', async () => {
    await create('reset@example.com')
    const words = ['user', 'set-password', 'reset@example.com']
    const done = await latchkey([...words, '--password-stdin', '--json'], { input: `${NEW_PASSWORD}\n` })
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(done.out)).toMatchObject({ email: 'reset@example.com', sessions: 0 })
    const typed = await latchkey([...words, NEW_PASSWORD])
    expect(typed.code).toBe(2)
    expect(typed.out + typed.err).not.toContain(NEW_PASSWORD)
    const weak = await latchkey([...words, '--password-stdin'], { input: '12345\n' })
    expect(weak).toMatchObject({ code: 1, err: expect.stringMatching(/^password: .*too short/) })
  })
})

describe('the other commands', () => {
  it('act on a user named by its address or its id', async () => {
    const made = await create('user@example.com')
    const id = /\((.*)\)/.exec(made.out)?.[1] ?? ''
    expect((await latchkey(['user', 'show', id])).out).toContain('user@example.com')
    expect((await latchkey(['user', 'deactivate', 'USER@example.com'])).out).toContain('Deactivated')
    expect((await latchkey(['user', 'list', 'user@'])).out).toMatch(/user@example\.com +0 +no +yes/)
    expect((await latchkey(['user', 'reactivate', id])).code).toBe(0)
    expect((await latchkey(['user', 'set-role', id, '1000'])).out).toContain('role 1000')
    expect((await latchkey(['user', 'end-sessions', id])).out).toBe('Ended 0 sessions of user@example.com.\n')
    expect((await latchkey(['user', 'send-reset', id])).out).toContain('waits to be mailed')
    expect((await latchkey(['user', 'delete', id, '--yes'])).out).toBe('Deleted user@example.com.\n')
    expect(await latchkey(['user', 'show', id])).toMatchObject({
      code: 1,
      err: `There is no account ${id}.\n`,
    })
  })

  it('find and show a user by the id that other services know', async () => {
    const made = await create('moved@example.com')
    const id = /\((.*)\)/.exec(made.out)?.[1] ?? ''
    expect((await latchkey(['user', 'show', id])).out).not.toContain('other services')
    await database.sql`update users set external_id = '4711' where id = ${id}`
    expect((await latchkey(['user', 'show', '4711'])).out).toMatch(/id in other services +4711/)
    expect((await latchkey(['user', 'list', '4711'])).out).toMatch(/^id +id in other services .*\n.*4711 /)
    expect(await latchkey(['user', 'show', '471'])).toMatchObject({
      code: 1,
      err: 'There is no account 471.\n',
    })
  })

  it.each([['deactivate'], ['delete', '--yes'], ['set-role', '0']])(
    'refuse to remove the last superuser: %s',
    async (name, ...rest) => {
      const done = await latchkey(['user', name ?? '', ONLY, ...rest])
      expect(done).toMatchObject({
        code: 1,
        err: 'This is the last active superuser; make another one first.\n',
      })
    },
  )

  it('rotate the signing keys', async () => {
    const before = (await latchkey(['keys', 'list'])).out
    const next = /^(\S+) .* next /m.exec(before)?.[1] ?? '?'
    expect((await latchkey(['keys', 'rotate'])).out).toContain(`${next} signs now`)
    const after = (await latchkey(['keys', 'list'])).out
    expect(after).toMatch(new RegExp(`^${next} .* active `, 'm'))
    expect(after).toMatch(/ retired /)
    const again = await latchkey(['keys', 'rotate'])
    expect(again).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^The last rotation was a moment/),
    })
    const forced = await latchkey(['keys', 'rotate', '--force', '--json'])
    expect(after).toMatch(new RegExp(`^${JSON.parse(forced.out).kid} .* next `, 'm'))
  })

  it('sign with the secret of a former deployment, and say that its services can forge tokens', async () => {
    const env = { JWT_ALGORITHM: 'HS256' }
    const give = (input: string, more: object = env) =>
      latchkey(['keys', 'import-hs256', '--secret-stdin'], { input, env: more })
    const secret = 'django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz'
    const done = await give(`${secret}\n`)
    expect(done.out).toMatch(/^old-[\w-]{8} signs now.*\nWarning: .*can also forge access tokens/)
    expect(done.out + done.err).not.toContain(secret)
    const kid = done.out.slice(0, 12)
    expect((await latchkey(['keys', 'list'], { env })).out).toMatch(
      new RegExp(`^${kid} +HS256 +active [^]*\n${kid}: .*forge`, 'm'),
    )
    expect(JSON.parse((await latchkey(['keys', 'list', '--json'], { env })).out).keys).toContainEqual(
      expect.objectContaining({ kid, is_shared: true }),
    )
    expect(await give('short')).toMatchObject({ code: 2, err: expect.stringContaining('has 5 bytes') })
    expect(await latchkey(['keys', 'import-hs256', secret], { env })).toMatchObject({ code: 2, out: '' })
    expect(await give(secret, {})).toMatchObject({
      code: 2,
      err: expect.stringContaining('set JWT_ALGORITHM=HS256'),
    })
  })

  it('list the mail that waits, also as JSON', async () => {
    // An earlier test asked for this link, for an account that the operator made with a password. No server sends it.
    expect((await latchkey(['mail', 'list'])).out).toMatch(/ reset-password +u…@example\.com .* 0 /)
    const listed = await latchkey(['mail', 'list', '--json'])
    expect(JSON.parse(listed.out).mails).toContainEqual({
      id: expect.any(String),
      kind: 'reset-password',
      to: 'u…@example.com',
      queued_at: expect.any(String),
      attempts: 0,
      next_attempt_at: expect.any(String),
      reason: null,
    })
    expect(listed.out).not.toContain('://')
  })

  it('send a test mail without a database, and say what to do when it fails', async () => {
    const sink = await startSmtpSink()
    const env = {
      DATABASE_URL: '',
      MAIL_FROM: 'Example <no-reply@example.com>',
      PUBLIC_URL: 'https://auth.example.com',
    }
    const SMTP_URL = `smtp://127.0.0.1:${sink.port}`
    const sent = await latchkey(['mail', 'test', 'Ada@Example.com'], { env: { ...env, SMTP_URL } })
    await sink.stop()
    expect(sent).toMatchObject({ code: 0, err: '' })
    expect(sent.out).toMatch(/^send +250 OK$/m)
    expect(sent.out).toMatch(/^> EHLO auth\.example\.com$[\s\S]*^Sent to ada@example\.com\.$/m)
    expect(sink.messages).toMatchObject([{ to: ['ada@example.com'] }])
    const failed = await latchkey(['mail', 'test', 'ada@example.com'], { env: { ...env, SMTP_URL } })
    expect(failed.code).toBe(1)
    expect(failed.err).toMatch(
      /^Not sent\. The step "connect" failed: .*\nNo server listens at this host and port\./,
    )
    expect(await latchkey(['mail', 'test', 'ada@example.com'], { env })).toMatchObject({
      code: 1,
      err: 'MAIL is dev: no mail is sent. Set SMTP_URL first.\n',
    })
  })

  it('name a stray % in SMTP_URL, and not the database', async () => {
    const env = { SMTP_URL: 'smtp://post:se%cret@mail.example.com' }
    for (const words of [
      ['mail', 'list'],
      ['mail', 'test', 'ada@example.com'],
    ]) {
      const done = await latchkey(words, { env })
      expect(done).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^SMTP_URL has a stray % in the password; /),
      })
      expect(done.err).not.toContain('cret')
    }
  })

  it('list and retry mail that was given up on', async () => {
    expect(await latchkey(['mail', 'failed'])).toMatchObject({ code: 0, out: 'None.\n' })
    expect(await latchkey(['mail', 'retry'])).toMatchObject({
      code: 0,
      out: 'Put 0 mails back into the outbox.\n',
    })
  })

  it.each([
    [['--help'], /user create --email/],
    [[], /Exit codes/],
    [['user', 'create', '--help'], /--password-stdin +Read the password/],
    [['help', 'keys', 'rotate'], /--force/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%j prints help', async (words, text) => {
    const done = await latchkey(words, { env: { DATABASE_URL: 'not read' } })
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toMatch(text)
  })

  it.each([
    [['user', 'explode'], /^There is no such command\. .*\nSee: latchkey --help\n$/],
    [['export'], /^There is no such command\. The command of export is export django-passwords\.\n/],
    [
      ['user', 'create', '--email', ONLY, '--email', 'b@example.com'],
      /^user create takes --email once\.\nSee: latchkey user create --help\n$/,
    ],
    [['user', 'show'], /^user show needs <address or id>\.\nSee: latchkey user show --help\n$/],
    [['user', 'set-role', ONLY, 'boss'], /^"boss" is no role\. The roles are /],
    [['user', 'list', '--limit', '0'], /^limit: Ensure this value/],
    [['user', 'delete', ONLY], /^user delete asks first, and there is no terminal/],
  ])(
    '%j is refused with a sentence about the mistake, also when no database answers',
    async (words, sentence) => {
      const done = await latchkey(words, { env: { DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/db' } })
      expect(done).toMatchObject({ code: 2, out: '' })
      expect(done.err).toMatch(sentence)
      expect(done.err).not.toMatch(/database/i)
    },
  )

  it('another SECRET_KEY than that of the database is named, and no folder', async () => {
    await latchkey(['user', 'list'])
    const done = await latchkey(['user', 'list'], { env: { SECRET_KEY: 'z'.repeat(40) } })
    expect(done.code).toBe(1)
    expect(done.err).toMatch(/^Signing key \S+ was encrypted under another SECRET_KEY; add the former one/)
  })

  it('a missing database is named, without its password', async () => {
    const done = await latchkey(['user', 'list'], {
      env: { DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/db' },
    })
    expect(done.code).toBe(1)
    expect(done.err).toMatch(/^The database of DATABASE_URL at 127\.0\.0\.1:1\/db cannot be reached/)
    expect(done.err).not.toContain('hush')
  })
})

it('with the embedded database the command line works without a server and beside a running one', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'latchkey-cli-'))
  // The driver would read these two for itself, where nobody tells it the value.
  const unread = { PGHOST: 'nowhere', PGTARGETSESSIONATTRS: 'standby' }
  const env = { DATABASE_URL: '', SECRET_KEY: '', PORT: '0', DATA_DIR, ...unread, ...{ MAIL: 'off' } }
  const words = ['user', 'create', '--email', 'root@example.com', '--superuser', '--password-stdin']
  expect(await latchkey(words, { input: PASSWORD, env })).toMatchObject({ code: 0, err: '' })
  const running = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...settings, ...env },
  })
  try {
    let output = ''
    for await (const chunk of running.stdout) {
      output += chunk
      if (/ready at (\S+)/.test(output)) break
    }
    const url = /ready at (\S+)/.exec(output)?.[1]
    const json = { email: 'root@example.com', password: PASSWORD }
    const { access } = (await call(`${url}/login/`, { json })).body as { access: string }
    expect(readClaims(access).role).toBe(900)
    expect((await latchkey(['user', 'end-sessions', json.email], { env })).out).toContain(
      'Ended 1 session of',
    )
    expect((await call(`${url}/user/`, { token: access })).status).toBe(401)
    expect((await call(`${url}/login/`, { json })).status).toBe(200)
  } finally {
    running.kill('SIGTERM')
    if (running.exitCode === null) await once(running, 'exit')
    await rm(DATA_DIR, { recursive: true, force: true })
  }
})

describe('housekeeping', () => {
  it('shows what waits, exits with 1 when it is late, and deletes it now with --run', async () => {
    await latchkey(['migrate'])
    await database.sql`insert into ceremonies (token_hash, kind, created_at, expires_at)
      values ('late', 'setup', now(), now() - interval '3 days')`
    const late = await latchkey(['housekeeping'])
    expect(late).toMatchObject({ code: 1, err: 'More than two days late: ceremonies.\n' })
    expect(late.out).toMatch(/^ceremonies +1 +72\.0/m)
    const { out, code } = await latchkey(['housekeeping', '--run', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out).tables).toContainEqual({
      table: 'ceremonies',
      examined: 1,
      purged: 1,
      end: 'complete',
    })
    expect(await latchkey(['housekeeping'])).toMatchObject({ code: 0, err: '' })
  })

  it('leaves the work to a server that is at it', async () => {
    await latchkey(['migrate'])
    const until = database.sql`now() + interval '1 minute'`
    await database.sql`insert into leases values ('housekeeping', gen_random_uuid(), ${until})
      on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until`
    const refused = await latchkey(['housekeeping', '--run'])
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('A server deletes what has expired'),
    })
    await database.sql`delete from leases`
  })
})

describe('doctor', () => {
  it('reports in words, and in JSON, and exits with 1 when something is to be mended', async () => {
    const env = { DATABASE_URL: 'postgres://u:hush@127.0.0.1:9/d', PORT: '0' }
    const { code, out, err } = await latchkey(['doctor'], { env })
    expect({ code, err }).toEqual({ code: 1, err: 'To mend: 1.\n' })
    expect(out).toMatch(
      /^mend +database +The database of DATABASE_URL at 127\.0\.0\.1:9\/d cannot be reached/m,
    )
    const { out: json } = await latchkey(['doctor', '--json'], { env })
    expect(JSON.parse(json).findings).toContainEqual({
      verdict: 'unknown',
      check: 'clock',
      told: 'not checked: the database was not reached',
    })
    expect(out + json).not.toContain('hush')
  })

  it('runs where the settings have mistakes', async () => {
    const { code, out } = await latchkey(['doctor'], { env: { PORT: 'x' } })
    expect(code).toBe(1)
    expect(out).toMatch(/^mend +settings +PORT must be /m)
  })
})
