import { newEmail, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cookieOf, type MailServer, startMailServer } from './mail-server.ts'

const PERSON = { accept: 'text/html' }

let server: MailServer
let token: string
beforeAll(async () => {
  server = await startMailServer()
  const superuser = await signUp(server.ctx)
  await server.database.sql`update users set role = 900 where id = ${superuser.userId}`
  token = superuser.tokens.access
})
afterAll(() => server?.close())

it('an invited user chooses a first password, and a user who forgot it a new one', async () => {
  const email = newEmail()
  expect((await server.post('/staff/users/', { email }, { token })).status).toBe(201)
  const path = await server.nextPath(email, 'invitation')
  const opened = await server.get(path, PERSON)
  const show = async (cookie: string) =>
    (await server.get('/password/reset/default/', { ...PERSON, cookie })).text
  expect(await show(cookieOf(opened))).toContain('<h1>Choose a password for your account</h1>')
  const { email: other } = await server.register()
  const { cookie } = await server.openReset(other)
  expect(await show(cookie)).toContain('<h1>Choose a new password</h1>')
})
