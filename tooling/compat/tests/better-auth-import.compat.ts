import { join } from 'node:path'
import { createTestDatabase, newEmail, readClaims, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../../../apps/server/tests/call.ts'
import { type Run, runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'
import { bundleServer } from '../../../apps/server/tests/server-bundle.ts'
import { installPeers } from '../../../bench/src/figures/peers.ts'
import { runProgram } from '../src/run-program.ts'

interface Person {
  email: string
  name: string
  password: string
  isVerified: boolean
}

/** Passwords of ASCII, of composed and decomposed letters, of compatibility characters, and with blanks around. */
const PASSWORDS = [
  'correct-horse-9',
  'Grüße-an-Zoë',
  'Zoe\u0308-decomposed',
  'Ｖａｌ１ｄ-ﬁne-½',
  ' blanks-around ',
]
const PEOPLE: Person[] = PASSWORDS.flatMap((password, index) =>
  [true, false].map((isVerified) => ({
    email: newEmail(),
    name: `Ada ${index} Lovelace`,
    password,
    isVerified,
  })),
)
const SECRET_KEY = 'x'.repeat(40)

beforeAll(() => installPeers())

describe.each([false, true])('better-auth that requires a verified address: %s', (requiresVerification) => {
  let own: TestDatabase
  let old: TestDatabase
  let server: Run
  let url: string
  let ids: string[]
  let env: Record<string, string>
  beforeAll(async () => {
    ;[own, old] = [await createTestDatabase(), await createTestDatabase({ empty: true })]
    const program = join(import.meta.dirname, '../../../bench/peers/better-auth-people.mjs')
    const input = { url: old.url, secret: SECRET_KEY, requiresVerification, people: PEOPLE }
    ids = (await runProgram(process.execPath, [program, JSON.stringify(input)])).trim().split('\n')
    env = {
      SECRET_KEY,
      DATABASE_URL: own.url,
      BETTER_AUTH_DATABASE_URL: old.url,
      EMAIL_VERIFICATION: requiresVerification ? 'mandatory' : 'none',
    }
    await runImport()
    server = runServer(env)
    url = await waitForAddress(server)
  })
  afterAll(async () => {
    server?.process.kill('SIGTERM')
    await server?.exit
    await own?.drop()
    await old?.drop()
  })

  async function runImport(...words: string[]): Promise<void> {
    await runProgram(process.execPath, [(await bundleServer()).cli, 'import', 'better-auth', ...words], {
      env,
    })
  }

  const logIn = (email: string, password: string) => call(`${url}/login/`, { json: { email, password } })

  it.each(
    PEOPLE.map(
      (person, index) => [JSON.stringify(person.password), person.isVerified, person, index] as const,
    ),
  )(
    'the password %s of a verified user (%s) works as it was typed, twice, and the id stays',
    async (_, isVerified, { email, password }, index) => {
      const isOpen = isVerified || !requiresVerification
      for (const _attempt of ['checked by the old hash', 'checked by the new one']) {
        const answer = await logIn(email, password)
        expect(answer.status, JSON.stringify(answer.body)).toBe(isOpen ? 200 : 401)
        if (isOpen)
          expect(readClaims((answer.body as { access: string }).access)).toMatchObject({
            user_id: ids[index],
          })
      }
      expect((await logIn(email, `${password}x`)).status).toBe(401)
    },
  )

  it('a password that was typed in another form of its letters works as at better-auth', async () => {
    const person = PEOPLE.find(({ password }) => password.startsWith('Ｖ')) as Person
    expect((await logIn(person.email, person.password.normalize('NFKC'))).status).toBe(200)
  })

  it('a second import changes nothing', async () => {
    const before = await own.sql`select * from users order by id`
    await runImport('--final')
    expect(await own.sql`select * from users order by id`).toEqual(before)
  })
})
