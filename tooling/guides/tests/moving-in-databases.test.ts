import { scryptSync } from 'node:crypto'
import { type OwnPostgres, openSql, readClaims, readPage, startOwnPostgres } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { latchkey, readVariables, type Snippets } from '../src/deployment.ts'
import { createOperator, type Operator, readPages, runCommands, send } from '../src/operator.ts'
import { expectRun } from '../src/runs.ts'

/** A vector that bcrypt publishes. */
const BCRYPT = { password: 'U*U', hash: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' }
const SUPABASE_ID = '0199aa11-2222-4333-8444-555566667777'

let postgres: OwnPostgres
let operator: Operator
let pages: Snippets[]
let betterAuth: Snippets
let supabase: Snippets
let env: Record<string, string>
let url: string
beforeAll(async () => {
  postgres = await startOwnPostgres()
  pages = await readPages('deployment', 'moving-in/better-auth', 'moving-in/supabase')
  const [deployment, ...others] = pages as [Snippets, Snippets, Snippets]
  ;[betterAuth, supabase] = others
  operator = createOperator(postgres, deployment)
  await operator.makeDatabase()
  env = { ...operator.settings, DATABASE_URL: operator.urlOf('owner'), DATA_DIR: betterAuth.folder }
  const migrated = await latchkey(['migrate'], env)
  expect(migrated.code, migrated.output).toBe(0)
  ;({ url } = await operator.start())
})
afterAll(async () => {
  await operator?.stop()
  await postgres?.stop()
  for (const one of pages) await one.close()
})

/** Makes a database of another product, and returns the address of its superuser. */
async function makeDatabase(name: string, statements: string): Promise<string> {
  await postgres.sql.unsafe(`create database ${name}`)
  const made = Object.assign(new URL(postgres.url), { pathname: `/${name}`, search: '?sslmode=disable' }).href
  const sql = openSql(made)
  await sql.unsafe(statements)
  await sql.end()
  return made
}

async function run(page: Snippets, file: string, settings: Record<string, string>): Promise<void> {
  const done = await runCommands(page, file, { env: { ...env, ...settings } })
  expect(done.code, `${file}: ${done.output}`).toBe(0)
}

async function logIn(email: string, password: string): Promise<Record<string, unknown>> {
  const answer = await send(`${url}/login/`, { email, password })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return readClaims((answer.body as { access: string }).access)
}

it('the users of better-auth are moved in by a role that may read three tables', async () => {
  const [password, salt] = ['Ｖａｌ１ｄ-Pässword', 'ab'.repeat(16)]
  const cost = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }
  const hash = `${salt}:${scryptSync(password.normalize('NFKC'), salt, 64, cost).toString('hex')}`
  const made = await makeDatabase(
    'app',
    `create table "user" (id text primary key, name text, email text, "emailVerified" boolean,
      "createdAt" timestamptz default now(), role text);
    create table account (id text, "providerId" text, "userId" text, password text, "updatedAt" timestamptz);
    insert into "user" values ('aB3', 'Ada Lovelace', 'ada@example.com', true, now(), 'admin');
    insert into account values ('1', 'credential', 'aB3', '${hash}');
    create schema auth; create table auth.people (like "user"); create table auth.logins (like account);
    alter table auth.people rename email to mail; alter table auth.logins rename password to hash;
    insert into auth.people select * from "user"; insert into auth.logins select * from account`,
  )
  const sql = openSql(made)
  await sql.unsafe(betterAuth.read('reader.sql'))
  await sql.end()
  const place = { 'old-db.example.com:5432/app': `127.0.0.1:${postgres.port}/app?sslmode=disable` }
  const settings = readVariables(betterAuth.read('better-auth.env', place))
  await run(betterAuth, 'import.sh', settings)
  await run(betterAuth, 'final.sh', settings)
  expect(await logIn('ada@example.com', password)).toMatchObject({ user_id: 'aB3', role: 900 })
  await run(betterAuth, 'names.sh', { BETTER_AUTH_DATABASE_URL: made })
})

it('the users of Supabase are moved in, and their ids stay', async () => {
  const made = await makeDatabase(
    'shop',
    `${readPage('packages/testkit/fixtures/supabase/auth.sql')};
    insert into auth.users (id, email, encrypted_password, email_confirmed_at, created_at, raw_user_meta_data)
    values ('${SUPABASE_ID}', 'grace@example.com', '${BCRYPT.hash}', now(), now(), '{"full_name":"Grace Hopper"}')`,
  )
  const place = { 'postgres://postgres:your-password@db.example.supabase.co:5432/postgres': made }
  const settings = readVariables(supabase.read('supabase.env', place))
  await run(supabase, 'import.sh', settings)
  await run(supabase, 'final.sh', settings)
  const claims = await logIn('grace@example.com', BCRYPT.password)
  expect(claims).toMatchObject({ sub: SUPABASE_ID, user_id: SUPABASE_ID })
})

it('every block for this test was run', () => expectRun('moving-in-databases.test.ts'))
