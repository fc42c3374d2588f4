import { randomBytes } from 'node:crypto'
import { type SoftFaults, softAuthenticator } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestServer } from '../test-server.ts'
import { DOORS, rest, type Told } from './doors.ts'
import {
  accessOf,
  askCreation,
  enter,
  halfLogin,
  type Options,
  type Owner,
  optionsOf,
  register,
  signUpOwner,
  startIn,
} from './keys.ts'

let server: TestServer
let owner: Owner
beforeAll(async () => {
  server = await startIn('tokens')
})
beforeEach(async () => {
  owner = await signUpOwner(server)
  await rest(server.url, 'mfa.enable', { token: owner.token })
})
afterAll(() => server.close())

const askSignIn = async () => optionsOf(await rest(server.url, 'passkeys.signInOptions'))
const askProof = async (token: string) =>
  optionsOf(await rest(server.url, 'auth.reauthenticateOptions', { token }))
const stepUp = async () => accessOf(await enter(server, owner.device))

const OTHER = 'https://evil.example'
const FAULTS: Record<string, SoftFaults> = {
  'another origin': { origin: OTHER },
  'an origin of a sub-domain': { origin: 'http://evil.localhost:3000' },
  'another port': { origin: 'http://localhost:3001' },
  'another scheme': { origin: 'https://localhost:3000' },
  'the origin null': { origin: 'null' },
  'another RP ID': { rpId: 'evil.example' },
  'a frame of another site': { clientData: { crossOrigin: true, topOrigin: OTHER } },
  'a frame of another site, as Safari says it': { clientData: { crossOrigin: true } },
  'the type of the other ceremony': { clientData: { type: 'webauthn.none' } },
  'no verified user': { flags: { uv: false } },
  'no present user': { flags: { up: false } },
  'a wrong signature': { signature: () => randomBytes(70) },
  'the user handle of another': { userHandle: randomBytes(16).toString('base64url') },
  'another eligibility for a backup': { flags: { be: true } },
}
/** Faults that a registration does not have: nothing is stored yet, and an attestation of no format has no signature. */
const OF_ANSWERS = ['a wrong signature', 'the user handle of another', 'another eligibility for a backup']

describe('a passkey that does not verify', () => {
  it.each(Object.entries(FAULTS))(
    'by %s signs nobody in, completes no sign-in and confirms nothing',
    async (_, faults) => {
      const { device } = owner
      expect(await enter(server, device, { faults })).toMatchObject({
        status: 401,
        body: { code: 'incorrect_credentials' },
      })
      const { challenge_id, passkey_options } = await halfLogin(server, owner)
      const second = { challenge_id, credential: device.get(passkey_options, faults) }
      const refused = { status: 400, body: { code: 'passkey_refused' } }
      expect(await rest(server.url, 'mfa.verifyPasskey', { input: second })).toMatchObject(refused)
      const token = await stepUp()
      const input = { credential: device.get(await askProof(token), faults) }
      expect(await rest(server.url, 'auth.reauthenticate', { token, input })).toMatchObject(refused)
    },
  )

  const ofBoth = Object.entries(FAULTS).filter(([name]) => !OF_ANSWERS.includes(name))

  it.each(ofBoth)('by %s is not added', async (_, faults) => {
    const answer = await register(server, await stepUp(), { faults })
    expect(answer).toMatchObject({ status: 400, body: { code: 'passkey_refused' } })
  })
})

/** Every ceremony of the server: how it is asked for, and how it is answered. */
const CEREMONIES: Record<string, (token: string) => Promise<{ options: Options; send: Send }>> = {
  'a sign-in': async () => ({ options: await askSignIn(), send: answerSignIn }),
  'a registration': async (token) => ({
    options: await askCreation(server, { token }),
    send: ({ challenge, user }) =>
      rest(server.url, 'passkeys.register', {
        token,
        input: { credential: softAuthenticator().create({ challenge, user: user ?? { id: 'AAAA' } }) },
      }),
  }),
  'a second step': async () => {
    const { challenge_id, passkey_options } = await halfLogin(server, owner)
    return {
      options: passkey_options,
      send: (options) => {
        const credential = owner.device.get(options)
        return rest(server.url, 'mfa.verifyPasskey', { input: { challenge_id, credential } })
      },
    }
  },
  'a step-up': async (token) => ({
    options: await askProof(token),
    send: (options) => {
      const input = { credential: owner.device.get(options) }
      return rest(server.url, 'auth.reauthenticate', { token, input })
    },
  }),
}
type Send = (options: Options) => Promise<Told>
const answerSignIn: Send = (options) =>
  rest(server.url, 'passkeys.signIn', { input: { credential: owner.device.get(options) } })

const refusedCeremony = (name: string) => ({
  status: 400,
  // The challenge of a second step is named beside the credential, and the wrong one in it does not verify.
  body: {
    code:
      name === 'a second step'
        ? expect.stringMatching(/^(passkey_refused|challenge_exhausted)$/)
        : 'challenge_invalid',
  },
})

describe.each(Object.entries(CEREMONIES))('the ceremony of %s', (name, ask) => {
  it('works once', async () => {
    const { options, send } = await ask(await stepUp())
    expect((await send(options)).ok).toBe(true)
    expect(await send(options)).toMatchObject({ status: 400, body: { code: 'challenge_invalid' } })
  })

  it('is over after five minutes', async () => {
    const { options, send } = await ask(await stepUp())
    server.clock.seconds += 301
    expect(await send(options)).toMatchObject({ status: 400, body: { code: 'challenge_invalid' } })
    server.clock.seconds = 0
  })

  it('takes no challenge that was made up, and none of another ceremony', async () => {
    const token = await stepUp()
    const { options, send } = await ask(token)
    const others = Object.entries(CEREMONIES).filter(([other]) => other !== name)
    const made = await Promise.all(others.map(async ([, other]) => (await other(token)).options.challenge))
    for (const challenge of [...made, randomBytes(32).toString('base64url'), '']) {
      const refusal = await send({ ...options, challenge })
      expect(refusal).toMatchObject(refusedCeremony(name))
    }
  })

  it('takes no challenge of another user, and of another session of the same user', async () => {
    const { options, send } = await ask(await stepUp())
    const mine = owner
    owner = await signUpOwner(server)
    await rest(server.url, 'mfa.enable', { token: owner.token })
    const foreign = (await ask(await stepUp())).options
    owner = mine
    // Everybody may answer the challenge of a sign-in, once.
    if (name === 'a sign-in') return expect((await send(foreign)).ok).toBe(true)
    expect(await send(foreign)).toMatchObject(refusedCeremony(name))
    const own = (await ask(await stepUp())).options
    expect(await send(own)).toMatchObject(refusedCeremony(name))
    expect((await send(options)).ok).toBe(true)
  })
})

describe.each(DOORS)('the passkeys of another user over %s', (_, door) => {
  it.each(['passkeys.rename', 'passkeys.delete'])('%s does not find', async (name) => {
    const stranger = await signUpOwner(server)
    const ids = [owner.passkey.id, '0197a000-0000-7000-8000-000000000000', 'x', '%00']
    for (const id of ids) {
      const answer = await door(server.url, name, { token: stranger.token, input: { id, name: 'Mine' } })
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found', detail: 'Not found.' } })
    }
    const token = await stepUp()
    const { body } = await door(server.url, 'passkeys.list', { token })
    expect(body).toMatchObject({ passkeys: [{ id: owner.passkey.id, name: owner.passkey.name }] })
    const others = await door(server.url, 'passkeys.list', { token: stranger.token })
    expect(JSON.stringify(others.body)).not.toContain(owner.passkey.id)
  })

  it('do not add themselves under their credential id, and complete no sign-in of another', async () => {
    const stranger = await signUpOwner(server)
    const credentialId = Buffer.from(owner.device.credentialId, 'base64url')
    const copy = softAuthenticator({ credentialId })
    const added = await register(server, stranger.token, { device: copy, door })
    expect(added).toMatchObject({ status: 400, body: { code: 'passkey_refused' } })
    const { challenge_id, passkey_options } = await halfLogin(server, owner)
    const credential = stranger.device.get(passkey_options, { userHandle: null })
    const answer = await door(server.url, 'mfa.verifyPasskey', { input: { challenge_id, credential } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'passkey_refused' } })
  })
})
