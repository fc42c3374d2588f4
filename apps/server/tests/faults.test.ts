import { connect } from 'node:net'
import { UNAVAILABLE_STATES } from '@latchkey/core'
import { PASSWORD, signUp, waitUntil } from '@latchkey/testkit'
import { afterEach, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
afterEach(() => server.close())

const REQUEST_ID = { 'x-request-id': 'the-id-of-this-request' }
const LOGIN = { path: 'auth.login', type: 'mutation' }

it('a fault is masked through both doors, and logged with the request id', async () => {
  server = await startTestServer({ app: { trustedProxies: { hops: 1 } } })
  const { email } = await signUp(server.ctx)
  await server.database.sql`alter table sessions rename to hidden`
  const json = { email, password: PASSWORD }
  const rest = await call(`${server.url}/login/`, { json, headers: REQUEST_ID })
  expect(rest.status).toBe(500)
  expect(rest.text).toBe('{"detail":"Something went wrong on our side.","code":"error"}')
  expect(rest.headers.get('x-request-id')).toBe(REQUEST_ID['x-request-id'])
  const trpc = await callTrpc(server.url, LOGIN, { input: json, headers: REQUEST_ID })
  expect(trpc).toMatchObject({
    status: 500,
    body: { error: { message: 'Something went wrong on our side.', data: { code: 'error' } } },
  })
  expect(trpc.text).not.toMatch(/stack|sessions|select|insert/)
  const faults = server.logLines.filter((line) => line.includes('a request failed'))
  expect(faults).toHaveLength(2)
  for (const line of faults) {
    expect(line).toContain(REQUEST_ID['x-request-id'])
    expect(line).toContain('relation \\"sessions\\" does not exist')
    expect(line).toContain('"severity":"ERROR"')
  }
})

it('a lost database is 503 with Retry-After, and the server is not ready', async () => {
  server = await startTestServer()
  const { tokens } = await signUp(server.ctx)
  const ready = () => call(`${server.url}/readyz`)
  expect((await ready()).status).toBe(200)
  await server.core.close()
  const json = { email: 'x@example.com', password: 'y' }
  for (const answer of [
    await call(`${server.url}/login/`, { json }),
    await call(`${server.url}/user/`, { token: tokens.access }),
    await callTrpc(server.url, LOGIN, { input: json }),
  ]) {
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('"unavailable"')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  // The last answer is kept for a second.
  await waitUntil(async () => (await ready()).status === 503, 'the server to be unready')
  expect(await ready()).toMatchObject({ body: { code: 'unavailable' } })
  expect((await call(`${server.url}/healthz`)).status).toBe(200)
})

it('the log holds no password, no token, no email address and no query', async () => {
  server = await startTestServer()
  const { email, tokens } = await signUp(server.ctx, 'hush@example.com')
  const json = { email, password: PASSWORD }
  await call(`${server.url}/login/?password=${PASSWORD}`, { json })
  await call(`${server.url}/login/`, { json: { ...json, password: 'wrong-and-secret' } })
  await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh }, token: tokens.access })
  await call(`${server.url}/sessions/${tokens.access}/`, { method: 'DELETE', token: tokens.access })
  await callTrpc(server.url, LOGIN, { input: json })
  await server.database.sql`alter table sessions rename to hidden`
  await call(`${server.url}/login/`, { json })
  await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } })
  const log = server.logLines.join('')
  expect(server.logLines.length).toBeGreaterThan(6)
  const [, ...signed] = tokens.access.split('.')
  for (const secret of [
    PASSWORD,
    'wrong-and-secret',
    email,
    ...signed,
    tokens.refresh,
    'argon2id',
    'password=',
  ]) {
    expect(log).not.toContain(secret)
  }
})

it('a fault before any procedure is masked and logged too', async () => {
  const fail = () => {
    throw new Error('no context today')
  }
  server = await startTestServer({ replace: () => ({ context: fail }) })
  const text = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }
  const answer = await call(`${server.url}/trpc/auth.login`, text)
  expect(answer).toMatchObject({ status: 500, body: { error: { data: { code: 'error' } } } })
  expect(answer.text).not.toContain('today')
  expect(server.logLines.filter((line) => line.includes('no context today'))).toHaveLength(1)
})

it('a caller that disconnects in the middle of its body is not logged as a fault', async () => {
  server = await startTestServer()
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const head = ['POST /login/ HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 100']
  socket.write(`${head.join('\r\n')}\r\n\r\n{`, () => socket.destroy())
  await expect.poll(() => server.logLines.length).toBe(1)
  expect(server.logLines[0]).toContain('"status":400')
})

it('a state of the database that passes is 503, and every other state is 500', async () => {
  server = await startTestServer()
  // A protocol violation is what a pooler says. `unavailable.test.ts` has that one.
  const passing = UNAVAILABLE_STATES.flatMap(({ state }) => (state === '08' ? '08006' : state.padEnd(5, '0')))
  await server.database.sql.unsafe(
    `create table said (state text);
     create function refuse() returns trigger language plpgsql as
       $$ begin raise 'no %', new.email using errcode = (select state from said); end $$;
     create trigger refuse before insert on users for each row execute function refuse()`,
  )
  const names = { first_name: 'A', last_name: 'B' }
  const json = { email: 'hush@example.com', password1: PASSWORD, password2: PASSWORD, ...names }
  for (const state of [...passing, '22P02', '23514', '42P01', 'P0001', 'XX000']) {
    await server.database.sql`truncate said`
    await server.database.sql`insert into said values (${state})`
    const answer = await call(`${server.url}/registration/`, { json })
    const isPassing = passing.includes(state)
    expect([state, answer.status]).toEqual([state, isPassing ? 503 : 500])
    expect(answer.body).toMatchObject({ code: isPassing ? 'unavailable' : 'error' })
    expect(Number(answer.headers.get('retry-after') ?? 0) > 0).toBe(isPassing)
    expect(server.logLines.join('')).toContain(`"code":"${state}"`)
  }
  expect(server.logLines.join('')).not.toContain('hush')
})

it('the server is not ready with a read-only database or with a missing migration', async () => {
  server = await startTestServer()
  const { sql } = server.database
  const ready = async () => (await call(`${server.url}/readyz`)).status
  const setReadOnly = (value: string) =>
    sql.unsafe(`do $$ begin execute format('alter database %I set default_transaction_read_only = ${value}', current_database()); end $$;
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
  expect(await ready()).toBe(200)
  await setReadOnly('on')
  await expect.poll(ready).toBe(503)
  await sql.begin('read write', (tx) =>
    tx.unsafe(
      "do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$",
    ),
  )
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  await expect.poll(ready).toBe(200)
  await sql`delete from latchkey_migrations where name like '0001%'`
  await expect.poll(ready).toBe(503)
})

it('an unknown path is logged without the part that may be a secret', async () => {
  server = await startTestServer()
  const secret = 'k'.repeat(43)
  await call(`${server.url}/registration/verificatoin/${secret}/`)
  expect(server.logLines.join('')).toContain('/registration/verificatoin/*')
  expect(server.logLines.join('')).not.toContain(secret)
})
