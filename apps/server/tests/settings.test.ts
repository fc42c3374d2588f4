import { PASSWORD, signUp } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

async function withServer(
  options: Parameters<typeof startTestServer>[0],
  test: (server: TestServer) => Promise<void>,
): Promise<void> {
  const server = await startTestServer(options)
  await test(server).finally(() => server.close())
}

const NEW = {
  new_password1: 'another horse, another battery',
  new_password2: 'another horse, another battery',
}

it('REGISTRATION_NAMES_REQUIRED=false makes names optional, and a name must still be text', async () => {
  await withServer({ app: { registrationNamesRequired: false } }, async ({ url }) => {
    const json = { email: 'ada@example.com', password1: PASSWORD, password2: PASSWORD }
    const refused = await call(`${url}/registration/`, { json: { ...json, first_name: null, last_name: 1 } })
    expect(refused.body).toEqual({
      first_name: ['This field may not be null.'],
      last_name: ['Not a valid string.'],
    })
    expect((await call(`${url}/registration/`, { json: { ...json, first_name: '' } })).status).toBe(201)
  })
})

it('OLD_PASSWORD_FIELD_ENABLED=false ignores the field', async () => {
  const options = { app: { oldPasswordRequired: false }, core: { config: { oldPasswordRequired: false } } }
  await withServer(options, async ({ url, ctx }) => {
    const { tokens } = await signUp(ctx)
    const json = { ...NEW, old_password: 12 }
    const answer = await call(`${url}/password/change/`, { json, token: tokens.access })
    expect(answer.status).toBe(200)
  })
})

it('LOGOUT_ON_PASSWORD_CHANGE=false ends no session and gives no tokens', async () => {
  await withServer({ core: { config: { logoutOnPasswordChange: false } } }, async ({ url, ctx }) => {
    const { tokens } = await signUp(ctx)
    const json = { ...NEW, old_password: PASSWORD }
    const answer = await call(`${url}/password/change/`, { json, token: tokens.access })
    expect(answer.body).toEqual({ detail: 'New password has been saved.' })
    expect((await call(`${url}/refresh/`, { json: { refresh: tokens.refresh } })).status).toBe(200)
  })
})
