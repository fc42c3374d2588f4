import { pbkdf2Sync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type OwnPostgres, openSql, readClaims, startOwnPostgres } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { latchkey, type Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands, send } from '../src/operator.ts'
import { expectRun } from '../src/runs.ts'

/** The vectors that bcrypt and Firebase publish. */
const BCRYPT = { password: 'U*U', hash: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' }
const FIREBASE = {
  password: 'user1password',
  salt: '42xEC+ixf3L2lw==',
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
}
const KEYCLOAK_ID = '0199aa11-2222-4333-8444-555566667777'

let postgres: OwnPostgres
let operator: Operator
let pages: Snippets[]
let page: Snippets
let env: Record<string, string>
let url: string
beforeAll(async () => {
  postgres = await startOwnPostgres()
  pages = await readPages('deployment', 'moving-in/file')
  const [deployment, own] = pages as [Snippets, Snippets]
  page = own
  operator = createOperator(postgres, deployment)
  await operator.makeDatabase()
  await postgres.sql`create database members`
  const oldUrl = Object.assign(new URL(postgres.url), { pathname: '/members', search: '' }).href
  const old = openSql(oldUrl)
  await old`create table members (id bigint, email text, confirmed_at timestamptz, first_name text, last_name text,
    created_at timestamptz default now(), password_digest text)`
  await old`insert into members (id, email, confirmed_at, first_name, last_name, password_digest)
    values (17, 'ada@example.com', now(), 'Ada', 'King, "Lovelace"', ${BCRYPT.hash})`
  await old.end()
  const settings = { FIREBASE_SIGNER_KEY: FIREBASE.signerKey, DATA_DIR: page.folder }
  env = { ...operator.settings, ...settings, DATABASE_URL: operator.urlOf('owner'), OLD_DATABASE_URL: oldUrl }
  const migrated = await latchkey(['migrate'], env)
  expect(migrated.code, migrated.output).toBe(0)
  ;({ url } = await operator.start(settings))
})
afterAll(async () => {
  await operator?.stop()
  await postgres?.stop()
  for (const one of pages) await one.close()
})

async function run(file: string): Promise<void> {
  const done = await runCommands(page, file, { env })
  expect(done.code, `${file}: ${done.output}`).toBe(0)
}

const write = (name: string, content: string | Buffer) => writeFile(join(page.folder, name), content)

/** Signs in, and returns the claims of the access token. */
async function logIn(email: string, password = BCRYPT.password): Promise<Record<string, unknown>> {
  const answer = await send(`${url}/login/`, { email, password })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return readClaims((answer.body as { access: string }).access)
}

it('a table becomes a file, and its users sign in with their passwords and keep their ids', async () => {
  await run('export.sh')
  await run('dry-run.sh')
  expect((await send(`${url}/login/`, { email: 'ada@example.com', password: BCRYPT.password })).status).toBe(
    401,
  )
  await run('import.sh')
  expect(await logIn('ada@example.com')).toMatchObject({ user_id: '17' })
  await run('import.sh')
  expect(await logIn('ada@example.com')).toMatchObject({ user_id: '17' })
})

it('a stream is imported', async () => {
  const line = {
    external_id: 40,
    email: 'grace@example.com',
    email_verified: true,
    password_hash: BCRYPT.hash,
  }
  await write('users.ndjson.gz', gzipSync(`${JSON.stringify(line)}\n`))
  await run('stream.sh')
  expect(await logIn('grace@example.com')).toMatchObject({ user_id: '40' })
})

it('the password export of Auth0 is imported', async () => {
  const line = {
    _id: { $oid: '60425dc43519d90068f82973' },
    email: 'auth0@example.com',
    email_verified: true,
    passwordHash: BCRYPT.hash,
    tenant: 'dev',
    connection: 'Username-Password-Authentication',
  }
  await write('auth0.json', `${JSON.stringify(line)}\n`)
  await run('auth0.sh')
  expect(await logIn('auth0@example.com')).toMatchObject({ user_id: 'auth0|60425dc43519d90068f82973' })
})

it('the CSV of Clerk is imported', async () => {
  const header =
    'id,first_name,last_name,primary_email_address,verified_email_addresses,password_digest,password_hasher'
  await write(
    'clerk.csv',
    `${header}\nuser_2,Ada,L,clerk@example.com,clerk@example.com,${BCRYPT.hash},bcrypt\n`,
  )
  await run('clerk.sh')
  expect(await logIn('clerk@example.com')).toMatchObject({ user_id: 'user_2' })
})

it('the export of Firebase is imported, and the signer key of the settings checks its hashes', async () => {
  const user = {
    localId: 'Xo6nEHCgbFQJ0BB2jyu9Bs2cFGC3',
    email: 'firebase@example.com',
    emailVerified: true,
    passwordHash: FIREBASE.hash,
    salt: FIREBASE.salt,
    createdAt: '1700000000000',
    providerUserInfo: [],
  }
  await write('firebase.json', JSON.stringify({ users: [user] }))
  await run('firebase.sh')
  expect(await logIn('firebase@example.com', FIREBASE.password)).toMatchObject({ user_id: user.localId })
})

it('a realm of Keycloak is imported, and its ids stay', async () => {
  const [password, salt] = ['Keycl0ak-Pässword', Buffer.from('0123456789abcdef')]
  const value = pbkdf2Sync(password, salt, 1000, 64, 'sha512').toString('base64')
  const credential = {
    type: 'password',
    credentialData: JSON.stringify({ hashIterations: 1000, algorithm: 'pbkdf2-sha512' }),
    secretData: JSON.stringify({ value, salt: salt.toString('base64') }),
  }
  const user = {
    id: KEYCLOAK_ID,
    email: 'keycloak@example.com',
    emailVerified: true,
    enabled: true,
    createdTimestamp: 1_700_000_000_000,
    credentials: [credential],
  }
  await write('realm.json', JSON.stringify({ realm: 'shop', users: [user] }))
  await run('keycloak.sh')
  expect(await logIn('keycloak@example.com', password)).toMatchObject({
    sub: KEYCLOAK_ID,
    user_id: KEYCLOAK_ID,
  })
})

it('every block for this test was run', () => expectRun('moving-in-file.test.ts'))
