import { pbkdf2Sync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  addDjangoSession,
  addDjangoUser,
  DJANGO_PREFIX,
  type DjangoStandIn,
  type DjangoTokens,
  findFreePort,
  listLiveTokens,
  NEW_PASSWORD,
  PASSWORD,
  readDjangoClaims,
  startDjangoStandIn,
  startTestNginx,
  type TestNginx,
} from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../../../../apps/server/tests/call.ts'
import { type Move, prepareMove } from '../../../../apps/server/tests/moving-in/move.ts'
import { type MovingClient, PROGRAMS, startClient } from './clients.ts'

/** How many users there are beside those of the fixture. */
const MORE_USERS = 12
/** A hash that takes no time: how many rounds it has is not what these tests are about. */
const HASH = `pbkdf2_sha256$1000$salt$${pbkdf2Sync(PASSWORD, 'salt', 1000, 32, 'sha256').toString('base64')}`

const MODES = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]

describe.each(MODES)('a deployment with refresh tokens in the mode of %s', (mode) => {
  let move: Move
  let standIn: DjangoStandIn
  let front: number
  let proxy: TestNginx
  let url: string
  let clients: MovingClient[] = []
  beforeEach(async () => {
    move = await prepareMove()
    standIn = await startDjangoStandIn(move.django.url, { asCookie: mode === 'cookie' })
    front = await findFreePort()
    proxy = await startTestNginx([front], serveBy(front, standIn.port))
    url = `http://127.0.0.1:${front}${DJANGO_PREFIX}`
    const programs = Object.entries(PROGRAMS[mode])
    clients = (await listTokens()).map((tokens, i) =>
      startClient(url, tokens, programs[i % programs.length] as (typeof programs)[0]),
    )
  })
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.stop()))
    await proxy?.close()
    await standIn?.close()
    await move?.close()
  })

  /** The pairs of the fixture, and one of each further user. */
  async function listTokens(): Promise<DjangoTokens[]> {
    const tokens = await listLiveTokens({ liveAt: move.liveAt })
    for (let i = 0; i < MORE_USERS; i++) {
      const user = await addDjangoUser(move.django.sql, { email: `person${i}@example.com`, password: HASH })
      tokens.push(await addDjangoSession(move.django.sql, user))
    }
    return tokens
  }

  const serveNew = () => move.serve({ REFRESH_TOKEN_AS_COOKIE: String(mode === 'cookie') })
  const refusals = () => clients.filter(({ seen }) => seen.refused > 0).map(({ name }) => name)

  /** Waits until each client has seen the outcome so many more times. */
  async function waitForEach(outcome: 'refreshed' | 'unavailable', times: number): Promise<void> {
    const before = clients.map(({ seen }) => seen[outcome])
    const isSeen = () =>
      refusals().length > 0 || clients.every(({ seen }, i) => seen[outcome] >= (before[i] ?? 0) + times)
    await expect.poll(isSeen).toBe(true)
    expect(refusals()).toEqual([])
  }

  /** Imports twice while clients refresh, stops the writes, and imports the last changes. */
  async function importWhileServing(): Promise<void> {
    await waitForEach('refreshed', 2)
    const before = standIn.rotations()
    await move.importAll()
    expect(standIn.rotations()).toBeGreaterThan(before)
    await waitForEach('refreshed', 2)
    await move.importAll()
    await proxy.reload(serveBy(front, standIn.port, { isStopped: true }))
    await waitForEach('unavailable', 1)
    await move.importAll('--final')
  }

  it('is moved while it serves: every client goes on, and none signs in again', async () => {
    await importWhileServing()
    const { port } = await serveNew()
    await proxy.reload(serveBy(front, port))
    await waitForEach('refreshed', 3)
    for (const client of clients) {
      const claims = readDjangoClaims(await client.access())
      expect(claims, client.name).toMatchObject({
        iss: 'http://localhost:3999',
        user_id: client.first.user_id,
        session_iat: client.first.session_iat,
        role: client.first.role,
      })
      expect(claims.session.replaceAll('-', ''), client.name).toBe(client.first.session)
      expect((await call(`${url}/user/`, { token: await client.access() })).status, client.name).toBe(200)
    }
    const signIns = await move.database.sql`select 1 from audit_events where kind = 'login'`
    expect(signIns).toHaveLength(0)
  })

  it('goes back before the switch: the undo leaves nothing, and every client goes on at the old server', async () => {
    await importWhileServing()
    await undoAll(move)
    for (const table of [
      'users',
      'sessions',
      'pending_registrations',
      'imported_users',
      'imported_sessions',
    ]) {
      expect(await move.database.sql`select 1 from ${move.database.sql(table)}`, table).toHaveLength(0)
    }
    await proxy.reload(serveBy(front, standIn.port))
    await waitForEach('refreshed', 2)
  })

  it('goes back after the switch: the old server takes people back with the passwords they have now', async () => {
    await importWhileServing()
    const { port } = await serveNew()
    await proxy.reload(serveBy(front, port))
    await waitForEach('refreshed', 1)
    await Promise.all(clients.map((client) => client.stop()))
    await changePassword(`${url}/password/change/`, clients.at(-1) as MovingClient)
    await signIn(url, 'person0@example.com', PASSWORD)
    await takeBack(move)
    await proxy.reload(serveBy(front, standIn.port))
    await signIn(url, `person${MORE_USERS - 1}@example.com`, NEW_PASSWORD)
    await signIn(url, 'person0@example.com', PASSWORD)
    await signIn(url, 'person1@example.com', PASSWORD)
  })
})

async function undoAll(move: Move): Promise<void> {
  const imports = await move.database.sql`select id from imports order by started_at desc`
  for (const { id } of imports) {
    const undone = await move.latchkey(['import', 'undo', String(id)])
    expect(undone, undone.err).toMatchObject({ code: 0 })
  }
}

async function changePassword(path: string, client: MovingClient): Promise<void> {
  const json = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  const answer = await call(path, { json, token: await client.access() })
  expect(answer, answer.text).toMatchObject({ status: 200 })
}

async function signIn(url: string, email: string, password: string): Promise<void> {
  const answer = await call(`${url}/login/`, { json: { email, password } })
  expect(answer, `${email}: ${answer.text}`).toMatchObject({ status: 200 })
}

/** Writes the exported passwords into the old database. */
async function takeBack(move: Move): Promise<void> {
  const file = join(move.folder, 'passwords.csv')
  const exported = await move.latchkey(['export', 'django-passwords', '--to', file])
  expect(exported, exported.err).toMatchObject({ code: 0 })
  const rows = [...(await readFile(file, 'utf8')).matchAll(/^"(\d+)","([^"]+)"/gm)]
  // One was changed here, and one was upgraded by a sign-in.
  expect(rows).toHaveLength(2)
  for (const [, id = '', password = ''] of rows) {
    await move.django.sql`update jwt_allauth_jauser set password = ${password} where id = ${id}`
  }
}

/** The blocks of the guide: everything to one server, and while writes are stopped 503 for what writes. */
function serveBy(front: number, port: number, options: { isStopped?: boolean } = {}): string {
  const stop = `location ~* ^${DJANGO_PREFIX}/(login|refresh|logout|registration|password)/ { return 503; }`
  return `server {
    listen 127.0.0.1:${front};
    ${options.isStopped ? stop : ''}
    location / {
      proxy_pass http://127.0.0.1:${port};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }`
}
