import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { writeFiles } from '../src/extract.ts'
import { type LosingProxy, openLosingProxy } from '../src/losing-proxy.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const run = promisify(execFile)
const HOUR_SECONDS = 3600
/** How to run each script of the page in its folder, and how it keeps the refresh token. */
const KEYED = {
  'refresh.sh': {
    command: ['sh', 'refresh.sh'],
    file: 'tokens',
    write: (token: string, key = '') => `${token}\n${key}\n`,
    readKey: (text: string) => text.split('\n')[1],
  },
  'keyed.py': {
    // -I: the script can import only the standard library.
    command: ['python3', '-I', 'keyed.py', 'session.json'],
    file: 'session.json',
    write: (refresh: string, key?: string) => JSON.stringify({ refresh, key }),
    readKey: (text: string) => JSON.parse(text).key,
  },
}

let proxy: LosingProxy
let server: TestServer
let scripts: string
let folder: string
beforeAll(async () => {
  proxy = await openLosingProxy(() => server.url)
  server = await startTestServer({ settings: { dpopBaseUrls: [proxy.url] } })
  const edit = (code: string) => code.replace('http://localhost:3000', proxy.url)
  scripts = await writeFiles('sessions', { folder: 'sessions', edit })
})
afterAll(async () => {
  proxy?.close()
  await server?.close()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-sessions-'))
})
afterEach(async () => {
  proxy.isLosing = false
  await rm(folder, { recursive: true, force: true })
})

/** Runs a script of the page in a folder. */
async function runScript([program = '', ...args]: string[], cwd = folder): Promise<string> {
  const { stdout } = await run(program, args, { cwd })
  return stdout.trim()
}

async function place(file: string, target = folder): Promise<void> {
  await copyFile(join(scripts, file), join(target, file))
  noteRun(`sessions/${file}`)
}

/** Runs a script while the answer is lost, and again a while later. */
async function loseAnswer(command: string[], secondsLater: number): Promise<string> {
  proxy.isLosing = true
  await expect(runScript(command)).rejects.toThrow()
  proxy.isLosing = false
  server.clock.seconds += secondsLater
  return runScript(command)
}

async function isSignedIn(access: string): Promise<boolean> {
  const answer = await fetch(`${server.url}/user/`, { headers: { Authorization: `Bearer ${access}` } })
  return answer.status === 200
}

async function refresh(token: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/refresh/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ refresh: token }),
  })
}

it('a program without a key and without a proof is signed out by a retry an hour late, as the page says', async () => {
  const { tokens } = await signUp(server.ctx)
  expect((await refresh(tokens.refresh)).status).toBe(200)
  server.clock.seconds += HOUR_SECONDS
  expect((await refresh(tokens.refresh)).status).toBe(401)
})

describe.each(Object.entries(KEYED))('%s', (file, { command, write, readKey, ...kept }) => {
  const stored = () => readFile(join(folder, kept.file), 'utf8')
  let token: string
  beforeEach(async () => {
    await place(file)
    token = (await signUp(server.ctx)).tokens.refresh
    await writeFile(join(folder, kept.file), write(token))
  })

  it('renews the tokens again and again, and keeps no key afterwards', async () => {
    for (let turn = 0; turn < 3; turn++) {
      expect(await isSignedIn(await runScript(command))).toBe(true)
      expect(readKey(await stored())).toBeFalsy()
    }
  })

  it('is not signed out by an answer that was lost, an hour and three days later', async () => {
    expect(await isSignedIn(await loseAnswer(command, HOUR_SECONDS))).toBe(true)
    expect(await isSignedIn(await loseAnswer(command, 72 * HOUR_SECONDS))).toBe(true)
    expect(readKey(await stored())).toBeFalsy()
  })

  it('stores its key before it sends, and keeps it until the answer is stored', async () => {
    proxy.isLosing = true
    await expect(runScript(command)).rejects.toThrow()
    const key = readKey(await stored())
    expect(key).toMatch(/^[\x21-\x7e]{16,128}$/)
    await expect(runScript(command)).rejects.toThrow()
    expect(readKey(await stored())).toBe(key)
  })

  it('leaves a thief nothing: a copy from before the key is caught an hour later', async () => {
    proxy.isLosing = true
    await expect(runScript(command)).rejects.toThrow()
    server.clock.seconds += HOUR_SECONDS
    expect((await refresh(token, { 'Idempotency-Key': 'the-key-of-the-thief' })).status).toBe(401)
  })

  it('gets 422 when the answer was stored and the key was not forgotten', async () => {
    const { tokens } = await signUp(server.ctx)
    const key = 'a-key-that-was-kept'
    const rotated = (await (await refresh(tokens.refresh, { 'Idempotency-Key': key })).json()) as {
      refresh: string
    }
    await writeFile(join(folder, kept.file), write(rotated.refresh, key))
    await expect(runScript(command)).rejects.toThrow('422')
    await writeFile(join(folder, kept.file), write(rotated.refresh))
    expect(await isSignedIn(await runScript(command))).toBe(true)
  })
})

describe('bound.py', () => {
  // The package cryptography is Debian's.
  const command = (...args: string[]) => ['/usr/bin/python3', 'bound.py', ...args]
  let email: string
  beforeEach(async () => {
    await place('bound.py')
    // The clock of the device is right when a session opens; later it does not count.
    server.clock.seconds = 0
    email = newEmail()
    await signUp(server.ctx, email)
  })

  it('opens a bound session and renews it again and again', async () => {
    expect(await isSignedIn(await runScript(command('login', email, PASSWORD)))).toBe(true)
    for (let turn = 0; turn < 3; turn++)
      expect(await isSignedIn(await runScript(command('refresh')))).toBe(true)
  })

  it('is not signed out by answers that were lost, however late, also with a token of long ago', async () => {
    await runScript(command('login', email, PASSWORD))
    const first = await readFile(join(folder, 'refresh'), 'utf8')
    expect(await isSignedIn(await loseAnswer(command('refresh'), HOUR_SECONDS))).toBe(true)
    expect(await isSignedIn(await loseAnswer(command('refresh'), 72 * HOUR_SECONDS))).toBe(true)
    await writeFile(join(folder, 'refresh'), first)
    expect(await isSignedIn(await runScript(command('refresh')))).toBe(true)
  })

  it('leaves a copy of its token nothing without the private key', async () => {
    await runScript(command('login', email, PASSWORD))
    const thief = await mkdtemp(join(tmpdir(), 'latchkey-thief-'))
    try {
      await place('bound.py', thief)
      await copyFile(join(folder, 'refresh'), join(thief, 'refresh'))
      await expect(runScript(command('refresh'), thief)).rejects.toThrow('401')
    } finally {
      await rm(thief, { recursive: true, force: true })
    }
    expect(await isSignedIn(await runScript(command('refresh')))).toBe(true)
  })
})

it('every block for this test was run', () => expectRun('sessions.test.ts'))
