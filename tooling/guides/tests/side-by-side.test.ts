import { join } from 'node:path'
import type { LatchkeyClient } from '@latchkey/client'
import { newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { runBundle } from '../src/bundle.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

type Call = () => Promise<unknown>

interface Page {
  client: LatchkeyClient
  listCalls(fields: Record<string, unknown>): Call[]
}

/** The refusals of calls that name an unknown token, link or session. Every other call succeeds. */
const REFUSED: Record<string, string> = {
  'auth.refresh': 'token_not_valid',
  'auth.logout': 'token_not_valid',
  'registration.verify': 'not_found',
  verifyEmail: 'not_found',
  'password.setNew': 'token_not_valid',
  'email.confirmChange': 'not_found',
  confirmEmailChange: 'not_found',
  'sessions.revoke': 'not_found',
  'staff.sessions.end': 'not_found',
  'auth.reauthenticateOptions': 'no_second_factor',
  reauthenticateOptions: 'no_second_factor',
  'mfa.activate': 'invalid',
  'mfa.verify': 'invalid',
  'mfa.verifyRecovery': 'invalid',
  'mfa.verifyPasskey': 'invalid',
  'mfa.enable': 'no_second_factor',
  'mfa.replaceRecoveryCodes': 'no_second_factor',
  'mfa.deactivate': 'totp_not_active',
  'passkeys.signIn': 'invalid',
  'passkeys.register': 'invalid',
  'passkeys.rename': 'invalid',
  'passkeys.delete': 'not_found',
  'social.signInWithToken': 'provider_not_configured',
  'social.signInWithCode': 'invalid',
  'social.connectWithToken': 'provider_not_configured',
  'social.connectWithCode': 'invalid',
  'social.disconnect': 'not_found',
  'social.session': 'token_not_valid',
  'social.connect': 'challenge_invalid',
  'social.finish sign_in': 'token_not_valid',
  'social.finish connect': 'challenge_invalid',
}

/** A code that nobody gave, at a provider that nobody configured. */
const SPENT = {
  ...{ provider: 'acme', code: 'x'.repeat(43), code_verifier: 'x'.repeat(43) },
  address: `https://app.example/?code=${'x'.repeat(43)}`,
}

let server: TestServer
let page: Page
beforeAll(async () => {
  server = await startTestServer({ mail: true })
  const edit = (code: string) => `${code.replaceAll('http://localhost:3000', server.url)}\nexport { client }`
  const folder = await writeFiles('side-by-side', { folder: 'side-by-side', edit })
  page = await runBundle<Page>(join(folder, 'operations.ts'))
})
afterAll(() => server?.close())

/** Creates a user with a role, and another user. */
async function createPeople(role: number) {
  const [{ email, userId }, other] = [await signUp(server.ctx), await signUp(server.ctx)]
  await server.database.sql`update users set role = ${role} where id = ${userId}`
  return { email, id: other.userId }
}

/** Runs one of the calls as a new user. Returns the code of its refusal, or `done`. */
async function run(index: number, name: string): Promise<string> {
  const { email, id } = await createPeople(name.startsWith('staff.') ? 900 : 0)
  await page.client.login({ email, password: PASSWORD })
  const isForNewcomer = /register|users\.create/.test(name)
  const fields = {
    ...{ email: isForNewcomer ? newEmail() : email, password: PASSWORD, old_password: PASSWORD },
    ...{ password1: PASSWORD, password2: PASSWORD, new_password1: PASSWORD, new_password2: PASSWORD },
    ...{ id, session_id: crypto.randomUUID(), key: 'x', token: 'x', refresh: 'x', new_email: newEmail() },
    ...(name.startsWith('social.') && SPENT),
    ...{ first_name: 'Ada', last_name: 'Lovelace', search: email, role: 0, is_active: true, limit: 5 },
  }
  const call = page.listCalls(fields)[index] as Call
  return call().then(
    () => 'done',
    (error) => error.data?.code ?? error.code,
  )
}

/** Lists the names of the calls: `user.get`, `staff.users.get`, `social.finish connect`. */
function listNames(): string[] {
  const pattern =
    /(?:(?:trpc|client)\d*\.|(?=staff\.|mfa\.|passkeys\.|social\.|reauthenticate|\w+\(client))([\w.]+?)\d*(?:\.mutate|\.query)?\((?:{ purpose: ["'](\w+))?/
  return page.listCalls({}).map((call) => (pattern.exec(String(call))?.slice(1) ?? []).join(' ').trim())
}

it('every call of the page succeeds, or gets the refusal for an unknown token, link or session', async () => {
  const names = listNames()
  expect(names.length).toBeGreaterThan(50)
  const outcomes: string[] = []
  for (const [index, name] of names.entries()) outcomes.push(`${name}: ${await run(index, name)}`)
  expect(outcomes).toEqual(names.map((name) => `${name}: ${REFUSED[name] ?? 'done'}`))
})

it('every block for this test was run', () => expectRun('side-by-side.test.ts'))
