import { randomBytes } from 'node:crypto'
import { type SoftAuthenticator, softAuthenticator } from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, type Door, type Sent, type Told } from './doors.ts'
import { type Owner, optionsOf, signUpOwner } from './keys.ts'

let server: TestServer
let owner: Owner
const statements: string[] = []
beforeAll(async () => {
  const logger = { logQuery: (query: string) => void statements.push(query.replaceAll(/\s+/g, ' ')) }
  server = await startTestServer({
    replace: (core) => ({
      context: (client, log) => ({
        ...core.context(client, log),
        db: drizzle(server.database.sql, { logger }),
      }),
    }),
  })
})
beforeEach(async () => {
  owner = await signUpOwner(server)
})
afterAll(() => server.close())

/** Records what a caller can see of a call, and the work that it makes. */
async function observe(send: () => Promise<Told>) {
  statements.length = 0
  const hashes = server.ctx.hasher.count
  const { status, headers, body } = await send()
  const { 'x-request-id': _id, date: _date, ...told } = Object.fromEntries(headers)
  const made = { statements: [...statements], hashes: server.ctx.hasher.count - hashes }
  return { status, told, body, ...made }
}

/** A caller of the options, who may try to be told more. */
const ASKERS: Record<string, (asked: Owner) => Sent> = {
  nobody: () => ({}),
  'a caller who names the address of a user': ({ email }) => ({ input: { email, user: email } }),
  'a caller who names an unknown address': () => ({ input: { email: 'nobody@example.com' } }),
  'a caller who names a credential': ({ passkey }) => ({
    input: { credential: { id: passkey.credential_id } },
  }),
  'a signed-in user': ({ token }) => ({ token }),
  'a caller with a broken token': () => ({ token: 'a.b.c' }),
}

describe.each(DOORS)('the options of a sign-in over %s', (_, door) => {
  it('are equal for everybody but for the challenge, and cost one statement', async () => {
    const seen = []
    for (const ask of Object.values(ASKERS)) {
      const { statements: made, ...rest } = await observe(() =>
        door(server.url, 'passkeys.signInOptions', ask(owner)),
      )
      const { challenge, ...options } = rest.body.options as Record<string, unknown>
      expect(challenge).toMatch(/^[\w-]{43}$/)
      expect(made).toHaveLength(1)
      const { 'content-length': _length, ...told } = rest.told
      seen.push({ ...rest, told, body: { ...rest.body, options }, made })
    }
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]?.body).toEqual({
      options: { rpId: 'localhost', timeout: 300_000, userVerification: 'required', allowCredentials: [] },
    })
    expect(seen[0]?.hashes).toBe(0)
  })
})

/** Signs in with a fault, and observes the call that is refused. */
async function observeRefusal(door: Door, device: SoftAuthenticator, faults = {}) {
  const options = optionsOf(await door(server.url, 'passkeys.signInOptions'))
  const credential = device.get(options, faults)
  return observe(() => door(server.url, 'passkeys.signIn', { input: { credential } }))
}

/** What a statement does, and with which table. An event without a user is counted by its own statement. */
function nameStatement(statement: string): string {
  const [, verb, table] = /^(\w+).*?(?:from|into) "(\w+)"/.exec(statement) ?? []
  return `${verb} ${table}`
}

const WRONG = { signature: () => randomBytes(70) }

describe.each(DOORS)('the refusal of a sign-in over %s', (_, door) => {
  it('before a right signature is equal for every owner, with the same statements', async () => {
    const states: Record<string, string> = {
      plain: 'update users set role = role where id = $1',
      deactivated: 'update users set is_active = false where id = $1',
      unverified: 'update users set email_verified = false where id = $1',
      'with a second factor': 'update users set second_factor = true where id = $1',
      staff: 'update users set role = 1000 where id = $1',
    }
    const seen = []
    for (const state of Object.values(states)) {
      const { device, userId } = await signUpOwner(server)
      await server.database.sql.unsafe(state, [userId])
      seen.push(await observeRefusal(door, device, WRONG))
    }
    for (const one of seen) expect(one).toEqual(seen[0])
    expect(seen[0]).toMatchObject({ status: 401, hashes: 0, body: { code: 'incorrect_credentials' } })
  })

  it('of an unknown passkey takes as many statements as of a known one that does not verify', async () => {
    const stranger = softAuthenticator()
    stranger.create({ challenge: 'x', user: { id: randomBytes(16).toString('base64url') } })
    const unknown = await observeRefusal(door, stranger)
    const known = await observeRefusal(door, owner.device, WRONG)
    expect(unknown).toMatchObject({ status: 401, hashes: 0, body: { code: 'unknown_passkey' } })
    expect(unknown.statements.map(nameStatement)).toEqual(known.statements.map(nameStatement))
  })

  it('of every fault is the same', async () => {
    const seen = []
    for (const faults of [
      WRONG,
      { userHandle: null },
      { userHandle: randomBytes(16).toString('base64url') },
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { flags: { uv: false } },
      { flags: { be: true } },
      { clientData: { crossOrigin: true } },
    ]) {
      seen.push(await observeRefusal(door, owner.device, faults))
    }
    for (const one of seen) expect(one).toEqual(seen[0])
  })
})
