import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createTestDatabase,
  findFreePort,
  newEmail,
  PASSWORD,
  type SmtpSink,
  startSmtpSink,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltImage, buildImage } from '../../image/src/build-image.ts'
import { readCompose } from '../../image/src/compose.ts'
import { findProcess } from '../../image/src/find-process.ts'
import { type Container, runImage, runToEnd } from '../../image/src/run-image.ts'
import { packServer } from '../src/pack-server.ts'

const SECRET = randomBytes(36).toString('base64')

let image: BuiltImage
let database: TestDatabase
let sink: SmtpSink
let redis: TestRedis
let secrets: string
let port: number
let metricsPort: number
const containers: Container[] = []
beforeAll(async () => {
  image = await buildImage(await packServer())
  database = await createTestDatabase({ empty: true })
  sink = await startSmtpSink()
  redis = await startTestRedis()
  port = await findFreePort()
  metricsPort = await findFreePort()
  secrets = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'))
  await chmod(secrets, 0o755)
  await writeFile(join(secrets, 'secret-key'), SECRET)
  await writeFile(join(secrets, 'database-url'), database.url.replace('127.0.0.1', 'database'))
})
afterAll(async () => {
  for (const container of containers) container.process.kill('SIGKILL')
  await sink?.stop()
  await redis?.kill()
  await database?.drop()
  await image?.remove()
  await rm(secrets, { recursive: true, force: true })
})

/** The settings of the server in `deploy/compose.yaml`, with the ports of this test. */
function env(): Record<string, string> {
  const variables = { PUBLIC_URL: 'https://auth.example.com', MAIL_FROM: 'Example <no-reply@example.com>' }
  const { environment = {} } = readCompose(variables).services.server ?? {}
  const ports = { 'relay:1025': `relay:${sink.port}`, 'cache:6379': `cache:${new URL(redis.url).port}` }
  const moved = Object.entries(environment).map(([name, text]) => [
    name,
    Object.entries(ports).reduce((all, [from, to]) => all.replace(from, to), text),
  ])
  return {
    ...Object.fromEntries(moved),
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    SHUTDOWN_DELAY: '0s',
  }
}

/** What Compose gives to a container of the server. */
const surroundings = () => ({ env: env(), secrets, hosts: ['database', 'cache', 'relay'] })

const post = (path: string, json: object) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
  })

const list = async (folder: string) => {
  const entries = await readdir(join(image.root, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
}

test('the image has one program, and no file that runs with the rights of its owner', async () => {
  const folders = ['bin', 'sbin', 'usr/bin', 'usr/sbin', 'usr/local/bin', 'usr/local/sbin']
  const programs = (await Promise.all(folders.map(list))).flat()
  expect(programs.map((path) => path.slice(image.root.length))).toEqual(['/usr/local/bin/node'])
  for (const path of await list('app')) {
    const { mode, uid } = await stat(path)
    expect({ uid, setId: mode & 0o6000, open: mode & 0o002 }, path).toEqual({ uid: 0, setId: 0, open: 0 })
  }
})

test('the image has the licences of its parts, a bill of materials and its version', async () => {
  const folder = join(image.root, 'app/node_modules/latchkey')
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  expect(image.config.Labels).toMatchObject({ 'org.opencontainers.image.version': version })
  for (const file of ['LICENSE', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/sbom.cdx.json'])
    expect((await stat(join(folder, file))).size, file).toBeGreaterThan(500)
  expect(await readFile(join(image.root, 'usr/share/doc/node/LICENSE'), 'utf8')).toContain('Node.js')
})

test('without settings the image names those that are missing', async () => {
  const { code, output } = await runToEnd(image, {})
  expect(code).toBe(1)
  for (const name of ['PUBLIC_URL', 'DATABASE_URL', 'SECRET_KEY', 'SMTP_URL']) expect(output).toContain(name)
})

test('a container writes nothing into its root', async () => {
  const command = ['mail', 'templates', 'export', '/app/templates']
  const { code, output } = await runToEnd(image, { command, ...surroundings() })
  expect(code, output).toBe(1)
  expect(await list('app/templates')).toEqual([])
})

test('a migration, then a server without rights on a read-only root, with its secrets in files', async () => {
  const waits = await runToEnd(image, { command: ['health'], ...surroundings() })
  expect(waits, waits.output).toMatchObject({ code: 1, output: expect.stringContaining('no answer') })
  const migrated = await runToEnd(image, { command: ['migrate'], ...surroundings() })
  expect(migrated, migrated.output).toMatchObject({ code: 0 })

  const server = runImage(image, surroundings())
  containers.push(server)
  await waitUntil(
    () => server.process.exitCode !== null || /ready at/.test(server.output()),
    'the server to be ready',
  )
  expect(server.output()).toContain('ready at')
  expect(findProcess(image.root)).toMatchObject({
    uid: 65_532,
    isRootReadOnly: true,
    capabilities: '0'.repeat(16),
    noNewPrivileges: true,
  })
  for (const command of [['health'], ['health', '--ready']]) {
    const healthy = await runToEnd(image, { command, ...surroundings() })
    expect(healthy, healthy.output).toMatchObject({ code: 0 })
  }

  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  expect(
    (await post('/registration/', { email, password1: PASSWORD, password2: PASSWORD, ...names })).status,
  ).toBe(201)
  expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
  expect((await post('/password/reset/', { email })).status).toBe(200)
  await sink.waitFor(1)
  expect(await (await fetch(`http://127.0.0.1:${port}/account/`)).text()).toContain('<script')

  expect((await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).status).toBe(200)

  // The server is process 1 of its container, which no default handler of a signal protects.
  process.kill(findProcess(image.root)?.pid ?? 0, 'SIGTERM')
  expect(await server.exit).toBe(0)
  expect(findProcess(image.root)).toBeNull()
  expect(server.output()).not.toContain(SECRET)
})
