import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  createTestDatabase,
  findFreePort,
  newEmail,
  PASSWORD,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listProcesses } from '../src/list-processes.ts'
import { packServer } from '../src/pack-server.ts'
import { runProgram, type StartedProgram, startProgram } from '../src/run-program.ts'

const READY = /ready at (\S+)/
/** A connection that the registry leaves open is given up after 20 seconds. The default is five minutes. */
const INSTALL = [
  'install',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-timeout=20000',
  '--fetch-retries=5',
]

let tarball: string
/** The folder of an operator, and the cache of npm that it starts with. */
let place: string
let cache: string
beforeAll(async () => {
  tarball = await packServer()
  place = await makeFolder('latchkey-empty-')
  cache = await mkdtemp(join(tmpdir(), 'latchkey-npm-'))
})
afterAll(async () => {
  for (const folder of [place, cache]) await rm(folder, { recursive: true, force: true })
})

/** Makes a folder that the user of PostgreSQL can enter, so that the database stays in it. */
async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name))
  await chmod(folder, 0o755)
  return folder
}

const post = (url: string, json: object) =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) })

const person = (email: string) => {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  return { email, password1: PASSWORD, password2: PASSWORD, ...names }
}

/** Reads the page of a package, with the tarball in place of the published package. */
async function readCommands(): Promise<string[]> {
  const page = spawnSync('tar', ['-xzOf', tarball, 'package/README.md'], { encoding: 'utf8' }).stdout
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, code = '']) =>
    code.trim().split('\n'),
  )
  return blocks.map((line) => line.replace(/ +#.*$/, '').replace(/latchkey@[\d.]+/, tarball))
}

describe('the command of the page, in an empty folder,', () => {
  let server: StartedProgram
  let url: string
  const settings = () => ({ npm_config_cache: cache, PORT: String(port) })
  let port: number
  beforeAll(async () => {
    port = await findFreePort()
    const command = (await readCommands()).find((line) => line.startsWith('npx --yes')) ?? ''
    server = await startProgram('sh', ['-c', command], { cwd: place, env: settings(), ready: READY })
    url = server.ready[1] ?? ''
  })
  afterAll(() => server?.stop())

  test('starts a server on a private PostgreSQL, where a person signs up and signs in', async () => {
    const email = newEmail()
    expect((await post(`${url}/registration/`, person(email))).status).toBe(201)
    expect((await post(`${url}/login/`, { email, password: PASSWORD })).status).toBe(200)
    expect((await post(`${url}/password/reset/`, { email })).status).toBe(200)
    const box = `${url}/dev/mailbox`
    await waitUntil(async () => (await (await fetch(box)).text()).includes(email), 'the mail of the reset')
  })

  test('serves the portal with its scripts, and the page of the API', async () => {
    const page = await (await fetch(`${url}/account/`)).text()
    const scripts = [...page.matchAll(/src="([^"]+\.js)"/g)].map(([, path]) => path)
    expect(scripts.length).toBeGreaterThan(0)
    for (const path of [...scripts, '/docs', '/openapi.json'])
      expect((await fetch(new URL(path ?? '', url))).status, path).toBe(200)
  })

  test('leaves the folder `.data` and no process when it is stopped', async () => {
    const list = () => [place, cache].flatMap(listProcesses)
    expect(list().length).toBeGreaterThan(1)
    await server.stop()
    expect(list()).toEqual([])
    expect(await readdir(place)).toEqual(['.data'])
    await expect(fetch(url)).rejects.toThrow()
  })
})

describe('the installed package', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = await makeFolder('latchkey-installed-')
    database = await createTestDatabase({ empty: true })
    await runProgram('npm', [...INSTALL, tarball], { cwd: folder })
  })
  afterAll(async () => {
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs `latchkey` as npm has linked it. */
  async function run(words: string[], options: { env?: Record<string, string>; input?: string } = {}) {
    // pnpm's links set NODE_PATH, which would lead to the packages of this repository.
    const { NODE_ENV: _, CI: __, NODE_PATH: ___, ...rest } = process.env
    const env = { ...rest, DATABASE_URL: '', DATA_DIR: join(folder, '.data'), ...options.env }
    const child = spawn(join(folder, 'node_modules/.bin/latchkey'), words, { cwd: folder, env })
    child.stdin.end(options.input ?? '')
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { status: status as number | null, stdout, stderr }
  }

  test('prints its version and its commands', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8'))
    expect((await run(['--version'])).stdout).toBe(`${version}\n`)
    for (const words of [[], ['--help']])
      expect((await run(words)).stdout).toMatch(/^ {2}start .*\n.*^ {2}doctor /ms)
  })

  test('migrates a database, makes a superuser, is examined, and serves', async () => {
    const env = { DATABASE_URL: database.url, SECRET_KEY: 'x'.repeat(40), PORT: String(await findFreePort()) }
    expect((await run(['migrate', '--check'], { env })).status).toBe(1)
    expect(await run(['migrate'], { env })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('up to date'),
    })
    const email = newEmail()
    const made = await run(['user', 'create', '--email', email, '--superuser', '--password-stdin'], {
      env,
      input: `${PASSWORD}\n`,
    })
    expect(made, made.stderr).toMatchObject({ status: 0 })
    const server = await startProgram(join(folder, 'node_modules/.bin/latchkey'), ['start'], {
      cwd: folder,
      env,
      ready: READY,
    })
    try {
      expect((await post(`${server.ready[1]}/login/`, { email, password: PASSWORD })).status).toBe(200)
      const { stdout } = await run(['doctor'], { env })
      expect(stdout).toMatch(/^good +schema /m)
      expect(stdout).not.toMatch(/^mend /m)
    } finally {
      await server.stop()
    }
    expect(listProcesses(folder)).toEqual([])
  })

  test('says how to bring the private PostgreSQL, and starts with it when that was done', async () => {
    const env = { PORT: '0', MAIL: 'dev' }
    const { status, stderr } = await run(['start'], { env })
    const [, command = ''] = /Bring it with "(npm install [^"]+)", or set DATABASE_URL/.exec(stderr) ?? []
    expect({ status, command }, stderr).toMatchObject({ status: 1, command: expect.stringMatching(/@\d/) })
    await runProgram('sh', ['-c', `${command} --no-audit --no-fund`], { cwd: folder })
    expect(await run(['user', 'list', '--json'])).toMatchObject({ status: 0 })
  })

  test('refuses an old Node in one sentence', async () => {
    const preload = join(folder, 'old-node.cjs')
    await writeFile(preload, "Object.defineProperty(process.versions, 'node', { value: '22.9.1' })")
    const { status, stderr } = await run(['start'], { env: { NODE_OPTIONS: `--require=${preload}` } })
    expect(stderr).toMatch(
      /^Latchkey [\d.]+ needs Node 22\.18\.0 or newer, and this is Node 22\.9\.1\. [^\n]+\n$/,
    )
    expect(status).toBe(1)
  })

  test('has no finding of publint, and brings its licences, its changes and its bill of materials', async () => {
    const pkgDir = join(folder, 'node_modules/latchkey')
    const { messages, pkg } = await publint({ pkgDir, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
    const files = await readdir(pkgDir, { recursive: true })
    const expected = ['LICENSE', 'CHANGELOG.md', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/sbom.cdx.json']
    expect(files).toEqual(expect.arrayContaining(expected))
  })
})
