import { describe, expect, test } from 'vitest'
import { createFetch } from '../src/fetch/index.ts'
import { createClient } from '../src/index.ts'
import { ADA, BASE_URL } from './support/clients.ts'
import { createModelServer, json, refuse } from './support/model-server.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const API = 'https://api.example.com'

/** Creates a signed-in client, and collects the requests that other services get. */
async function carry(answer: () => Response = () => json({})) {
  const server = createModelServer()
  const seen: { url: string; authorization: string | null; body: string }[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.startsWith(BASE_URL) && !url.includes('/trpc')) return server.fetch(input, init)
    const request = new Request(input, init)
    seen.push({ url, authorization: request.headers.get('authorization'), body: await request.text() })
    return answer()
  }
  const client = createClient({ baseUrl: BASE_URL, fetch })
  const fetchAsUser = createFetch(client, { trustedOrigins: [API] })
  await settle(client.login(ADA))
  return { client, fetchAsUser, seen, token: await settle(client.session.accessToken()) }
}

describe('the access token', () => {
  test('is sent to a trusted origin', async () => {
    const { fetchAsUser, seen, token } = await carry()
    await settle(fetchAsUser(`${API}/things`))
    expect(seen[0]?.authorization).toBe(`Bearer ${token}`)
  })

  test.each([
    'https://evil.example.net/',
    'http://api.example.com/',
    'https://api.example.com.evil.net/',
    'https://api.example.com:8443/',
    'https://api.example.com@evil.net/',
    'https://sub.api.example.com/',
  ])('is not sent to %s', async (url) => {
    const { fetchAsUser, seen } = await carry()
    await settle(fetchAsUser(url).catch(() => null))
    expect(seen.map(({ authorization }) => authorization).filter(Boolean)).toEqual([])
  })

  test('does not replace an Authorization header of the caller', async () => {
    const { fetchAsUser, seen } = await carry()
    await settle(fetchAsUser(`${API}/`, { headers: { Authorization: 'Basic eA==' } }))
    await settle(fetchAsUser(new Request(`${API}/`, { headers: { Authorization: 'Basic eA==' } })))
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Basic eA==', 'Basic eA=='])
  })

  test('is refreshed after a 401 and the request is sent again with its body', async () => {
    const answers = [new Response(null, { status: 401 }), json({})]
    const { fetchAsUser, seen } = await carry(() => answers.shift() ?? Response.error())
    await passSeconds(1)
    const request = new Request(`${API}/`, { method: 'POST', body: 'hello', headers: { 'X-Mine': '1' } })
    expect((await settle(fetchAsUser(request))).ok).toBe(true)
    expect(seen.map(({ body }) => body)).toEqual(['hello', 'hello'])
    expect(seen[0]?.authorization).not.toBe(seen[1]?.authorization)
  })

  test('is not refreshed after a refusal with another cause', async () => {
    const wrong = { error: { data: { code: 'incorrect_credentials' } } }
    const { fetchAsUser, seen } = await carry(() => json(wrong, { status: 401 }))
    expect((await settle(fetchAsUser(`${BASE_URL}/trpc/auth.login`))).status).toBe(401)
    expect(seen.length).toBe(1)
  })

  test('leaves the 401 as the answer when the refresh fails', async () => {
    const { fetchAsUser, seen } = await carry(() => refuse(401, 'token_not_valid', 'no'))
    const body = new ReadableStream({ start: (controller) => controller.close() })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    expect((await settle(fetchAsUser(`${API}/`, init))).status).toBe(401)
    expect(seen.length).toBe(1)
  })
})

test('without a signed-in user the request goes out unchanged', async () => {
  const { client, fetchAsUser, seen } = await carry()
  await settle(client.logout())
  await settle(fetchAsUser(`${API}/`))
  expect(seen[0]?.authorization).toBeNull()
})
