import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { createVerifier } from '../src/server/index.ts'
import { createTrpcClient } from '../src/trpc/index.ts'

const PASSWORD = 'a long enough phrase'
const PUBLIC_URL = 'https://example.com/auth'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    settings: { publicUrl: PUBLIC_URL, basePath: '/auth', restPrefix: '/v1' },
  })
})
afterAll(() => server.close())

/** Reaches the server by its public address, as a proxy would. */
const throughProxy: typeof fetch = (input, init) =>
  fetch(String(input).replace(new URL(PUBLIC_URL).origin, server.url), init)

test.each([PUBLIC_URL, `${PUBLIC_URL}/v1`])(
  'a client of %s signs up, and calls by REST and tRPC',
  async (baseUrl) => {
    const client = createClient({ baseUrl, storage: memoryStorage(), fetch: throughProxy })
    const email = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
    expect(await client.user.get()).toMatchObject({ email })
    expect(await createTrpcClient(client).user.get.query()).toMatchObject({ email })
    const token = await client.session.accessToken()
    const verifier = createVerifier({ issuer: PUBLIC_URL, fetch: throughProxy })
    expect(await verifier.verify(token ?? '')).toMatchObject({ role: 0 })
  },
)
