import { softAuthenticator } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, rest, type Told } from './doors.ts'
import { askCreation, enter, halfLogin, optionsOf, signUpOwner } from './keys.ts'

const PARALLEL = 50

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

function race(send: (index: number) => Promise<Told>): Promise<Told[]> {
  return Promise.all(Array.from({ length: PARALLEL }, (_, index) => send(index)))
}

/** Expects that one answer is a success, and all others are one refusal. */
function expectOne(answers: Told[], codes: string[]): Told {
  const [won, ...more] = answers.filter(({ ok }) => ok)
  expect(more).toEqual([])
  for (const { ok, body } of answers) if (!ok) expect(codes).toContain(body.code)
  if (!won) throw new Error('None was accepted.')
  return won
}

async function countSessions(userId: string): Promise<number> {
  return (await server.database.sql`select 1 from sessions where user_id = ${userId}`).length
}

describe.each(DOORS)(`${PARALLEL} calls at once over %s`, (_, door) => {
  it('with one answer of a sign-in open one session', async () => {
    const { device, userId } = await signUpOwner(server)
    const credential = device.get(optionsOf(await door(server.url, 'passkeys.signInOptions')))
    const answers = await race(() => door(server.url, 'passkeys.signIn', { input: { credential } }))
    expectOne(answers, ['challenge_invalid'])
    expect(await countSessions(userId)).toBe(2)
  })

  it('with one answer of a second step open one session', async () => {
    const owner = await signUpOwner(server)
    await door(server.url, 'mfa.enable', { token: owner.token })
    const { challenge_id, passkey_options } = await halfLogin(server, owner)
    const input = { challenge_id, credential: owner.device.get(passkey_options) }
    expectOne(await race(() => door(server.url, 'mfa.verifyPasskey', { input })), ['challenge_invalid'])
    expect(await countSessions(owner.userId)).toBe(2)
  })

  it('with one proof give one successor', async () => {
    const { device, token, userId } = await signUpOwner(server)
    const credential = device.get(optionsOf(await door(server.url, 'auth.reauthenticateOptions', { token })))
    const answers = await race(() =>
      door(server.url, 'auth.reauthenticate', { token, input: { credential } }),
    )
    expectOne(answers, ['challenge_invalid'])
    expect(await countSessions(userId)).toBe(2)
  })

  it('with one new passkey add it once', async () => {
    const { token, userId } = await signUpOwner(server)
    const credential = softAuthenticator().create(await askCreation(server, { token }))
    const answers = await race(() => door(server.url, 'passkeys.register', { token, input: { credential } }))
    expectOne(answers, ['challenge_invalid'])
    const stored = await server.database.sql`select 1 from passkeys where user_id = ${userId}`
    expect(stored).toHaveLength(2)
  })

  it('with one credential id, of many users and ceremonies, give it to one of them', async () => {
    const owners = [await signUpOwner(server), await signUpOwner(server)]
    const credentialId = crypto.getRandomValues(new Uint8Array(20))
    const sent = await Promise.all(
      Array.from({ length: PARALLEL }, async (_, index) => {
        const token = owners[index % 2]?.token ?? ''
        const device = softAuthenticator({ credentialId })
        return { token, input: { credential: device.create(await askCreation(server, { token })) } }
      }),
    )
    const answers = await race((index) => door(server.url, 'passkeys.register', sent[index]))
    const { body } = expectOne(answers, ['passkey_refused'])
    const stored = await server.database
      .sql`select id from passkeys where credential_id = ${String(body.credential_id)}`
    expect(stored).toEqual([{ id: body.id }])
  })

  it('that remove a passkey remove it once', async () => {
    const { token, passkey } = await signUpOwner(server)
    const input = { id: passkey.id }
    expectOne(await race(() => door(server.url, 'passkeys.delete', { token, input })), ['not_found'])
  })
})

it(`a removal beside ${PARALLEL} sign-ins with the passkey leaves no session of it`, async () => {
  const { device, token, passkey } = await signUpOwner(server)
  const [removed] = await Promise.all([
    rest(server.url, 'passkeys.delete', { token, input: { id: passkey.id } }),
    race(() => enter(server, device)),
  ])
  expect(removed?.status).toBe(204)
  const left = await server.database.sql`select 1 from sessions where passkey_id = ${passkey.id}`
  expect(left).toHaveLength(0)
})
