import { newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { calculateThumbprint, generateKeyPair, generateProof, type JWSAlgorithm } from 'dpop'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { PUBLIC_URL, readBoth, signUpFields } from './bound.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const findKeyOf = async (access: unknown) => {
  const [row] = await server.database.sql`select jkt from sessions
    where id = ${readClaims(String(access)).session}`
  return row?.jkt
}

/** The proofs that the package `dpop` makes. It leaves the nonce to its caller. */
describe.each<JWSAlgorithm>(['ES256', 'Ed25519'])('the package dpop with %s', (alg) => {
  async function createClient() {
    const pair = await generateKeyPair(alg)
    return {
      jkt: await calculateThumbprint(pair.publicKey),
      post: async (
        path: string,
        json: unknown,
        { nonce, htm = 'POST' }: { nonce?: string; htm?: string } = {},
      ) => {
        const dpop = await generateProof(pair, PUBLIC_URL + path, htm, nonce)
        return readBoth(await call(server.url + path, { json, headers: { dpop } }))
      },
    }
  }

  it('opens a session, refreshes it with the nonce of the refusal, and is refused with another key', async () => {
    const [client, thief] = [await createClient(), await createClient()]
    const opened = await client.post('/registration/', signUpFields())
    expect(opened).toMatchObject({ status: 201, body: { bound: true } })
    expect(await findKeyOf(opened.body.access)).toBe(client.jkt)
    const json = { refresh: opened.body.refresh }
    const refused = await client.post('/refresh/', json)
    expect(refused).toMatchObject({ status: 401, body: { code: 'use_dpop_nonce' } })
    const nonce = String(refused.headers.get('dpop-nonce'))
    expect(await client.post('/refresh/', json, { nonce })).toMatchObject({
      status: 200,
      body: { bound: true },
    })
    for (const [who, htm] of [
      [thief, 'POST'],
      [client, 'GET'],
    ] as const) {
      expect(await who.post('/refresh/', json, { nonce, htm })).toMatchObject({
        status: 401,
        body: { code: 'invalid_dpop_proof' },
      })
    }
  })
})

/** The package signs, keeps the nonces of the answers, and reads the challenges of the refusals by itself. */
describe('the package oauth4webapi', () => {
  async function createClient() {
    const handle = oauth.DPoP({}, await oauth.generateKeyPair('ES256'))
    const send = async (path: string, json: object) => {
      const headers = new Headers({ 'content-type': 'application/json' })
      const options = { DPoP: handle, [oauth.allowInsecureRequests]: true }
      const url = new URL(server.url + path)
      // These operations read no access token, so any text stands for it.
      return oauth.protectedResourceRequest('none', 'POST', url, headers, JSON.stringify(json), options)
    }
    return {
      jkt: await handle.calculateThumbprint(),
      send,
      post: async (path: string, json: object) => {
        const answer = await send(path, json).catch((error: unknown) => {
          if (!oauth.isDPoPNonceError(error)) throw error
          return send(path, json)
        })
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
      },
    }
  }

  it('opens a session, and refreshes it after it has read that a nonce is needed', async () => {
    const client = await createClient()
    const email = newEmail()
    await call(`${server.url}/registration/`, { json: signUpFields(email) })
    const stranger = await createClient()
    await expect(stranger.send('/refresh/', { refresh: 'none' })).rejects.toThrow()
    const opened = await client.post('/login/', { email, password: PASSWORD })
    expect(opened).toMatchObject({ status: 200, body: { bound: true } })
    expect(await findKeyOf(opened.body.access)).toBe(client.jkt)
    const refreshed = await client.post('/refresh/', { refresh: opened.body.refresh })
    expect(refreshed).toMatchObject({ status: 200, body: { bound: true } })
  })

  it('reads from a refusal that a nonce is needed, and with another key that the proof is not valid', async () => {
    const [client, thief] = [await createClient(), await createClient()]
    const opened = await client.post('/registration/', signUpFields())
    const json = { refresh: opened.body.refresh }
    const first = await thief.send('/refresh/', json).catch((error: unknown) => error)
    expect(oauth.isDPoPNonceError(first)).toBe(true)
    const second = await thief.send('/refresh/', json).catch((error: unknown) => error)
    expect(second).toBeInstanceOf(oauth.WWWAuthenticateChallengeError)
    const { cause } = second as oauth.WWWAuthenticateChallengeError
    expect(cause).toMatchObject([
      { scheme: 'bearer', parameters: { realm: 'api' } },
      { scheme: 'dpop', parameters: { error: 'invalid_dpop_proof', algs: 'ES256 Ed25519 EdDSA' } },
    ])
  })
})
