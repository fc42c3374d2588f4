import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../call.ts'
import { type MailServer, shapeOf, startMailServer } from './mail-server.ts'

let server: MailServer
/** One address of every kind. */
let known: string[]
let token: string
beforeAll(async () => {
  server = await startMailServer({ emailVerification: 'mandatory' })
  const verified = [await makeAccount(), await makeAccount(), await makeAccount()]
  const [owner = '', deactivated = '', unverified = ''] = verified
  const { sql } = server.database
  await sql`update users set is_active = false where email = ${deactivated}`
  await sql`update users set email_verified = false where email = ${unverified}`
  known = [...verified, (await server.register()).email]
  const signedIn = await server.post('/login/', { email: owner, password: PASSWORD })
  token = (signedIn.body as { access: string }).access
})
afterAll(() => server.close())

async function makeAccount(): Promise<string> {
  const { email } = await server.register()
  await server.get(await server.nextPath(email, 'confirm-registration'))
  return email
}

const ASK: [string, (email: string) => Promise<Answer>][] = [
  ['a reset', (email) => server.post('/password/reset/', { email })],
  ['a resend', (email) => server.post('/registration/resend-email/', { email })],
  ['a sign-up', async (email) => (await server.register({ email })).answer],
  [
    'a change of address',
    (new_email) => server.post('/email/change/', { new_email, password: PASSWORD }, { token }),
  ],
  ['a login', (email) => server.post('/login/', { email, password: 'wrong' })],
]

it.each(ASK)('%s answers every kind of address with the same bytes and headers', async (_name, ask) => {
  const unknown = await ask(newEmail())
  expect(unknown.status).toBeLessThan(500)
  for (const email of known) expect(shapeOf(await ask(email))).toEqual(shapeOf(unknown))
})
