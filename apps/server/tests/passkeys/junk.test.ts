import { softAuthenticator } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { call } from '../call.ts'
import { OPERATIONS } from '../operations.ts'
import type { TestServer } from '../test-server.ts'
import { DOORS, rest, type Sent } from './doors.ts'
import { JUNK, listPlaces, putInto } from './junk.ts'
import {
  accessOf,
  askCreation,
  enter,
  halfLogin,
  type Owner,
  optionsOf,
  signUpOwner,
  startIn,
} from './keys.ts'

let server: TestServer
let owner: Owner
beforeAll(async () => {
  server = await startIn('tokens')
  owner = await signUpOwner(server)
  await rest(server.url, 'mfa.enable', { token: owner.token })
})
afterAll(() => server.close())

const enterAgain = async () => accessOf(await enter(server, owner.device))

/** An honest call of each operation that takes a credential. */
const HONEST: Record<string, () => Promise<Sent>> = {
  'passkeys.signIn': async () => {
    const options = optionsOf(await rest(server.url, 'passkeys.signInOptions'))
    return { input: { credential: owner.device.get(options) } }
  },
  'passkeys.register': async () => {
    const token = await enterAgain()
    await server.database.sql`delete from passkeys where credential_id <> ${owner.device.credentialId}`
    const credential = softAuthenticator().create(await askCreation(server, { token }))
    return { token, input: { credential } }
  },
  'mfa.verifyPasskey': async () => {
    const { challenge_id, passkey_options } = await halfLogin(server, owner)
    return { input: { challenge_id, credential: owner.device.get(passkey_options) } }
  },
  'auth.reauthenticate': async () => {
    const token = await enterAgain()
    const options = optionsOf(await rest(server.url, 'auth.reauthenticateOptions', { token }))
    return { token, input: { credential: owner.device.get(options) } }
  },
}

const TAKING = OPERATIONS.filter(({ meta }) => 'credential' in meta.shape)
const FIELDS = TAKING.map(({ procedurePath, meta }) => [procedurePath, meta.shape.credential] as const)

/** What a well-formed credential is refused with, that is not the right one. */
const WRONG = [
  'challenge_invalid',
  'passkey_refused',
  'challenge_exhausted',
  'unknown_passkey',
  'incorrect_credentials',
]

it('every operation that takes a credential is here', () => {
  expect(FIELDS.map(([name]) => name).sort()).toEqual(Object.keys(HONEST).sort())
})

describe.each(FIELDS)('junk in a credential of %s', (name, field) => {
  const places = [...listPlaces(field as z.ZodType)]

  it.each(DOORS)('is refused over %s, in every place, and is never a fault', async (_, door) => {
    expect(places.length).toBeGreaterThan(7)
    let honest = await HONEST[name]?.()
    for (const place of places) {
      for (const junk of JUNK) {
        const credential = putInto(honest?.input?.credential, place, junk)
        const input = { ...honest?.input, credential }
        const { ok, status, body } = await door(server.url, name, { ...honest, input })
        const what = `${place.join('.')}: ${JSON.stringify(junk)?.slice(0, 60)}: ${JSON.stringify(body)}`
        // A member that may be missing or that is a mere hint leaves the credential right.
        if (!ok) {
          const isWrong = WRONG.includes(String(body.code))
          const isField = body.code === 'invalid' && status === 400
          expect([what, isWrong || isField]).toEqual([what, true])
          expect([400, 401]).toContain(status)
          if (status === 401) expect(name).toBe('passkeys.signIn')
        } else expect(['userHandle', 'transports', '0']).toContain(place.at(-1))
        if (ok || body.code === 'challenge_exhausted') honest = await HONEST[name]?.()
      }
    }
    expect(server.logLines.filter((line) => line.includes('a request failed'))).toEqual([])
  })

  it('cannot come by a form, which has texts alone', async () => {
    const { path, method } = TAKING.find(({ procedurePath }) => procedurePath === name) ?? {}
    const { token, input } = (await HONEST[name]?.()) ?? {}
    const body = new URLSearchParams({ ...(input as object), credential: JSON.stringify(input?.credential) })
    const answer = await call(server.url + path, { method, body, token })
    const sentence = 'Invalid data. Expected a dictionary, but got str.'
    expect(answer).toMatchObject({ status: 400, body: { credential: [sentence] } })
  })
})
