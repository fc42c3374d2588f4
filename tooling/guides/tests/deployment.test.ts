import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createAuthority,
  findFreePort,
  type OwnPostgres,
  openSql,
  startOwnPostgres,
  startSmtpSink,
  startTestNginx,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Run, runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'
import { checkSettings, PRIVATE_NETWORK } from '../../image/src/check-settings.ts'
import { readCompose } from '../../image/src/compose.ts'
import {
  giveToNobody,
  latchkey,
  readSnippets,
  readVariables,
  run,
  type Snippets,
  serve,
} from '../src/deployment.ts'
import { expectRun } from '../src/runs.ts'

/** The database that the test's PostgreSQL has already keeps its name. */
const DATABASE = { 'database latchkey': 'database guide' }

let page: Snippets
let postgres: OwnPostgres
let server: Run | undefined
const closers: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  page = await readSnippets('deployment')
  postgres = await startOwnPostgres()
})
afterAll(async () => {
  server?.process.kill('SIGKILL')
  await server?.exit
  for (const close of closers.reverse()) await close()
  await postgres?.stop()
  await page?.close()
})

function urlOf(role: string, port = postgres.port): string {
  return `postgres://latchkey_${role}:change-this-${role}@127.0.0.1:${port}/guide?sslmode=disable`
}

async function makeDatabase(): Promise<void> {
  for (const statement of page.read('database.sql', DATABASE).split(';\n')) {
    if (statement.trim()) await postgres.sql.unsafe(statement)
  }
  const sql = openSql(Object.assign(new URL(postgres.url), { pathname: '/guide' }).href)
  await sql.unsafe(page.read('schema.sql', DATABASE))
  await sql.end()
}

async function startPgBouncer(): Promise<number> {
  const port = await findFreePort()
  const users = await page.write('userlist.txt', '"latchkey_server" "change-this-server"\n')
  const text = page.read('pgbouncer.ini', {
    latchkey: 'guide',
    'port=5432': `port=${postgres.port}`,
    '6432': String(port),
    '/etc/pgbouncer/userlist.txt': users,
  })
  const file = await page.write('pgbouncer.ini', `${text}unix_socket_dir =\n`)
  const pooler = serve('pgbouncer', [...(await giveToNobody(users, file)), file])
  closers.push(pooler.stop)
  const answers = async () => {
    const sql = openSql(urlOf('server', port))
    const rows = await sql`select 1`.catch(() => [])
    await sql.end()
    return rows.length === 1
  }
  await waitUntil(answers, 'PgBouncer to answer')
  return port
}

it('two roles, PgBouncer, a relay and nginx with TLS as on the page are a deployment that the doctor likes', async () => {
  await makeDatabase()
  const migrated = await latchkey(['migrate'], { DATABASE_URL: urlOf('owner') })
  expect(migrated).toMatchObject({ code: 0 })

  const [port, front, dead] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const sink = await startSmtpSink()
  closers.push(sink.stop)
  const authority = await createAuthority(page.folder, 'guide')
  const { cert, key } = await authority.sign({ subject: 'localhost', names: 'DNS:localhost', days: 90 })
  const nginx = await startTestNginx(
    [front],
    page.read('host.conf', {
      '3001': String(port),
      '3002': String(dead),
      '443': `127.0.0.1:${front}`,
      'auth.example.com;': 'localhost;',
      '/etc/ssl/auth.example.com.pem': cert,
      '/etc/ssl/auth.example.com.key': key,
    }),
  )
  closers.push(nginx.close)
  const env = {
    ...readVariables(
      page.read('latchkey.env', {
        '3000': String(port),
        'auth.example.com': `localhost:${front}`,
        ':25': `:${sink.port}`,
      }),
    ),
    SECRET_KEY_FILE: await page.write('secret-key', (await run(['openssl', 'rand', '-base64', '48'])).output),
    DATABASE_URL_FILE: await page.write('database-url', urlOf('server', await startPgBouncer())),
    DATABASE_PREPARE: 'false',
    NODE_EXTRA_CA_CERTS: authority.cert,
    SECRET_KEY: '',
  }
  server = runServer(env)
  await waitForAddress(server)
  const { output, code } = await latchkey(['doctor'], env)
  expect(output.split('\n').filter((line) => /^mend/.test(line))).toEqual([])
  expect(output).toMatch(/^good +public address +https:\/\/localhost:\d+ leads to this server$/m)
  expect(output).toMatch(
    /^good +schema +the tables in the schema latchkey and the mail queue are up to date$/m,
  )
  expect(code).toBe(0)
})

it('Caddy as on the page leads to a server that is ready', async () => {
  const [port, front, dead] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const backend = runServer({ DATABASE_URL: postgres.url, PORT: String(port) })
  closers.push(async () => backend.process.kill('SIGKILL'))
  await waitForAddress(backend)
  const site = page.read('Caddyfile', {
    'auth.example.com': `http://127.0.0.1:${front}`,
    '3001': String(port),
    '3002': String(dead),
  })
  const file = await page.write('Caddyfile', `{\n  admin off\n}\n${site}`)
  closers.push(serve('caddy', ['run', '--config', file, '--adapter', 'caddyfile']).stop)
  const ask = () =>
    fetch(`http://127.0.0.1:${front}/healthz`).then(
      ({ status }) => status,
      () => 0,
    )
  await waitUntil(async () => (await ask()) === 200, 'Caddy to reach the server')
})

it('nginx takes the block for a path', async () => {
  const front = await findFreePort()
  const block = page.read('path.conf')
  const nginx = await startTestNginx([front], `server {\n  listen 127.0.0.1:${front};\n${block}}`)
  await nginx.close()
})

it('systemd takes the unit', async () => {
  const unit = page.read('latchkey.service', { '/usr/bin/node': process.execPath })
  const file = await page.write('latchkey.service', unit)
  expect(await run(['systemd-analyze', 'verify', file])).toEqual({ code: 0, output: '' })
})

it('the commands of the page make each secret of the Compose file, for the user of its database alone', async () => {
  const made = await run(['sh', '-euc', `cd "${page.folder}"\n${page.read('secrets.sh')}`])
  expect(made).toEqual({ code: 0, output: '' })
  const { secrets, services } = readCompose({
    PUBLIC_URL: 'https://auth.example.com',
    MAIL_FROM: 'a@example.com',
  })
  const files = Object.values(secrets).map(({ file }) => file.replace('./secrets/', ''))
  expect(await readdir(join(page.folder, 'secrets'))).toEqual(files.toSorted())
  const [password, url] = await Promise.all(
    ['postgres-password', 'database-url'].map((name) => readFile(join(page.folder, 'secrets', name), 'utf8')),
  )
  const { POSTGRES_USER, POSTGRES_DB } = services.database?.environment ?? {}
  expect(url).toBe(`postgres://${POSTGRES_USER}:${password}@database/${POSTGRES_DB}?sslmode=disable`)
  expect(checkSettings(services.server?.environment ?? {}, join(page.folder, 'secrets'))).toMatch(
    PRIVATE_NETWORK,
  )
})

it('every block for this test was run', () => expectRun('deployment.test.ts'))
