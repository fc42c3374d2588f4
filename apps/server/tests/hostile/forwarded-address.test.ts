import { PASSWORD, signUp } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer } from '../test-server.ts'

it.each([
  [{ hops: 0 }, '127.0.0.1'],
  [{ hops: 1 }, '198.51.100.7'],
])(
  'the list of sessions shows an address from X-Forwarded-For only with a trusted proxy: %j',
  async (trustedProxies, ip) => {
    const server = await startTestServer({ app: { trustedProxies } })
    const { email } = await signUp(server.ctx)
    const headers = { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' }
    const login = await call(`${server.url}/login/`, { json: { email, password: PASSWORD }, headers })
    const token = (login.body as { access: string }).access
    const { sessions } = (await call(`${server.url}/sessions/`, { token })).body as {
      sessions: { current: boolean; ip: string }[]
    }
    expect(sessions.find(({ current }) => current)?.ip).toBe(ip)
    await server.close()
  },
)
