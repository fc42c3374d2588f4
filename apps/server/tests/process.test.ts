import { once } from 'node:events'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepts, createTestDatabase, type TestDatabase, waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { type Run, runServer, waitForAddress } from './run-server.ts'

const MAIN = new URL('../src/process/main.ts', import.meta.url).pathname

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

const run = (env: Record<string, string>): Run => runServer({ DATABASE_URL: database.url, ...env })

it('every line that a production prints is JSON, the one of its start too', async () => {
  const own = await createTestDatabase({ empty: true })
  const server = run({
    DATABASE_URL: own.url,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://auth.example.com',
    SECRET_KEY: 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE=',
    MAIL: 'off',
    SHUTDOWN_DELAY: '0',
  })
  const address = await waitForAddress(server)
  server.process.kill('SIGTERM')
  expect(await server.exit).toBe(0)
  const lines = server.output().trim().split('\n')
  const ready = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'ready')
  expect(ready).toMatchObject([{ level: 30, address, publicUrl: 'https://auth.example.com' }])
  await own.drop()
})

describe('a failed start prints one sentence and exits with 1 for', () => {
  it('a taken port', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const failed = run({ PORT: String(port) })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toBe(
      `Latchkey cannot start: Port ${port} on 127.0.0.1 is taken; stop its owner or set PORT to another one.\n`,
    )
    taken.close()
  })

  it.each([
    [
      'a malformed variable',
      { PORT: 'http' },
      /^Latchkey cannot start: PORT must be a whole number[^\n]*\.\n$/,
    ],
    [
      'several malformed variables',
      { PORT: 'http', REFRESH_GRACE: 'long' },
      /2 settings need attention:\n {2}PORT must[^\n]*\n {2}REFRESH_GRACE must/,
    ],
    [
      'a data folder that is a file',
      { SECRET_KEY: '', DATA_DIR: MAIN },
      /The data folder \S+ cannot be written/,
    ],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://user:hush@127.0.0.1:1/db' },
      /The database of DATABASE_URL at 127\.0\.0\.1:1\/db cannot be reached\. Reason: connect ECONNREFUSED 127\.0\.0\.1:1\.\n$/,
    ],
    [
      'a data folder that cannot be made',
      { SECRET_KEY: '', DATA_DIR: '/proc/x' },
      /The data folder \/proc\/x cannot be written \(ENOENT\)/,
    ],
    [
      'a URL with a stray percent sign',
      { DATABASE_URL: 'postgres://user:50%hush@127.0.0.1/db' },
      /: DATABASE_URL has a password with a stray percent sign/,
    ],
    [
      'a URL with an unknown parameter',
      { DATABASE_URL: 'postgres://user:hush@127.0.0.1/db?hush=hush' },
      /: DATABASE_URL has a parameter that is none of host, port/,
    ],
    [
      'a URL with a raw slash in the password',
      { DATABASE_URL: 'postgres://user:20/hush@127.0.0.1/db' },
      /: DATABASE_URL has an @ behind its first slash/,
    ],
    [
      'a URL with a file that cannot be read',
      { DATABASE_URL: 'postgres://user:hush@127.0.0.1/db?sslmode=verify-full&sslrootcert=/nowhere' },
      /: DATABASE_URL has an sslrootcert whose file cannot be read \(ENOENT\)\.\n$/,
    ],
    [
      'hash parameters that do not fit together',
      { PASSWORD_HASH_MEMORY_KIB: '16', PASSWORD_HASH_LANES: '4' },
      /: PASSWORD_HASH_MEMORY_KIB must be at least 32 with PASSWORD_HASH_LANES=4\.\n$/,
    ],
    [
      'a host that does not belong to this machine',
      { HOST: '192.0.2.1' },
      /HOST 192\.0\.2\.1 is not an address/,
    ],
  ])('%s', async (_name, env, sentence) => {
    const failed = run(env)
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(sentence)
    expect(failed.output()).not.toContain('hush')
    expect(failed.output()).not.toContain('    at ')
  })

  it('a production whose DATABASE_URL is misspelt, and no database is made', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-misspelt-'))
    const env = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://auth.example.com',
      MAIL: 'off',
      DATA_DIR: dataDir,
    }
    const secret = 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE='
    const failed = runServer({ ...env, SECRET_KEY: secret, DATABSE_URL: database.url })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toContain('DATABASE_URL is required in production')
    expect(failed.output()).toContain('DATABSE_URL is not a setting; did you mean DATABASE_URL?')
    expect(await readdir(dataDir)).toEqual([])
  })

  it.each([
    ['', 'empty'],
    ['short', 'too short'],
  ])('an unusable development secret: "%s"', async (content, fault) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-secret-'))
    await writeFile(join(dataDir, 'secret-key'), content)
    const failed = run({ SECRET_KEY: '', DATA_DIR: dataDir })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(
      new RegExp(`^Latchkey cannot start: The secret key in ${dataDir}/secret-key is ${fault}; [^\\n]*\\n$`),
    )
  })

  it('a database user who may not create tables', async () => {
    const bare = await createTestDatabase({ empty: true })
    const role = `poor_${crypto.randomUUID().replaceAll('-', '')}`
    await bare.sql.unsafe(`create role ${role} login password 'hush'`)
    // PostgreSQL 14 lets everybody create tables there.
    await bare.sql`revoke create on schema public from public`
    const url = Object.assign(new URL(bare.url), { username: role, password: 'hush' })
    const failed = run({ DATABASE_URL: url.href })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toBe(
      `Latchkey cannot start: The database of DATABASE_URL at ${url.host}${url.pathname} does not let ${role} make what it needs: that user must own the database, or may CREATE in it and in the schema of its tables; or run latchkey migrate with such a user. Reason: ERROR 42501: permission denied for schema public.\n`,
    )
    await bare.sql.unsafe(`drop role ${role}`)
    await bare.drop()
  })

  it('a database whose encoding is not UTF-8', async () => {
    const name = `latin_${crypto.randomUUID().replaceAll('-', '')}`
    const options = "template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'"
    await database.sql.unsafe(`create database ${name} ${options}`)
    const failed = run({ DATABASE_URL: Object.assign(new URL(database.url), { pathname: `/${name}` }).href })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(
      /^Latchkey cannot start: The encoding of the database is LATIN1, which cannot store every name; [^\n]*\n$/,
    )
    await database.sql.unsafe(`drop database ${name}`)
  })

  it('a database that does not exist', async () => {
    const url = Object.assign(new URL(database.url), { pathname: '/nowhere' }).href
    const failed = run({ DATABASE_URL: url })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(
      /nowhere does not exist\. Reason: FATAL 3D000: database "nowhere" does not exist\.\n$/,
    )
  })

  it('a database with a table of a neighbour under one of our names', async () => {
    const taken = await createTestDatabase({ empty: true })
    await taken.sql`create table users (name text)`
    const failed = run({ DATABASE_URL: taken.url })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(
      /The migration \w+ failed: ERROR 42P07: relation "users" already exists: another application uses the name; [^\n]+\n$/,
    )
    await taken.drop()
  })

  it('a database without TLS, when TLS is asked for', async () => {
    const url = Object.assign(new URL(database.url), { search: '?sslmode=require' }).href
    const failed = run({ DATABASE_URL: url })
    expect(await failed.exit).toBe(1)
    expect(failed.output()).toMatch(
      /^Latchkey cannot start: The database of DATABASE_URL at \S+ [^\n]+\. Reason: [^\n]+\n$/,
    )
    expect(failed.output()).not.toContain('undefined')
  })
})

/** Answers whether the server at a URL accepts a new connection. */

describe('a running server', () => {
  it('takes its secrets from files, and no log shows them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'))
    const files = { DATABASE_URL: database.url, SECRET_KEY: 'x'.repeat(40) }
    const env = { DATABASE_URL: '', SECRET_KEY: '', MAIL: 'off', LOG_LEVEL: 'trace' }
    for (const [name, value] of Object.entries(files)) {
      await writeFile(join(folder, name), `${value}\n`)
      Object.assign(env, { [`${name}_FILE`]: join(folder, name) })
    }
    const server = run(env)
    const url = await waitForAddress(server)
    expect((await call(`${url}/readyz`)).status).toBe(200)
    server.process.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(server.output()).not.toContain(files.SECRET_KEY)
    expect(server.output()).not.toContain(new URL(database.url).password)
  })

  it('prints its address, a first command, what does not work without mail, and what is open', async () => {
    const server = run({ MAIL: 'off', HOST: '0.0.0.0' })
    const url = await waitForAddress(server)
    const [, line = ''] = /(curl .*)\n/.exec(server.output()) ?? []
    expect(line).toContain(`${url}/registration/`)
    expect(server.output()).toContain(`${url}/docs`)
    expect(server.output()).toContain('MAIL is off: password resets, ')
    expect(server.output()).not.toContain('/dev/mailbox')
    // Once in the log, and once below the first lines.
    expect(server.output().match(/HOST=0\.0\.0\.0 is reachable .*NODE_ENV is not production/g)).toHaveLength(
      2,
    )
    expect((await call(`${url}/readyz`)).status).toBe(200)
    server.process.kill('SIGINT')
    expect(await server.exit).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'finishes a request in flight at %s, even one sent twice',
    async (signal) => {
      const server = run({})
      const url = await waitForAddress(server)
      const slow = database.sql.begin(async (sql) => {
        await sql`lock table users`
        const answer = call(`${url}/login/`, { json: { email: 'x@example.com', password: 'y' } })
        await database.waitForBlocked()
        server.process.kill(signal)
        server.process.kill(signal)
        const isStopping = () => accepts(Number(new URL(url).port)).then((accepted) => !accepted)
        await waitUntil(isStopping, 'the server to accept no more connections')
        return { answer }
      })
      expect((await (await slow).answer).status).toBe(401)
      expect(await server.exit).toBe(0)
    },
  )
})
