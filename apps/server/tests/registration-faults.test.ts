import { afterAll, beforeAll, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const WEAK = [
  'This password is too short. It must contain at least 8 characters.',
  'This password is entirely numeric.',
]

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

async function expectBoth(form: object, fields: object) {
  expect((await call(`${server.url}/registration/`, { json: form })).body).toEqual(fields)
  const answer = await callTrpc(
    server.url,
    { path: 'registration.register', type: 'mutation' },
    { input: form },
  )
  expect(answer.body).toMatchObject({ error: { data: { code: 'invalid', fields } } })
}

it('a sign-up names all failing fields at once, the weak password among them', async () => {
  await expectBoth(
    { email: 'x', password1: '7391846', password2: '7391846', first_name: ' ', last_name: 'Lovelace' },
    {
      email: ['Enter a valid email address.'],
      first_name: ['This field may not be blank.'],
      password1: WEAK,
    },
  )
})
