import { APPLE_KEY, createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHECKS } from '../../src/process/cli/doctor/checks.ts'
import { openExam } from '../../src/process/cli/doctor/exam.ts'
import { examine } from '../../src/process/cli/doctor/examine.ts'
import { runServer, waitForAddress } from '../run-server.ts'

const SECRET = 'hush-0123456789-the-secret-of-a-client'
const PROVIDERS = {
  PROVIDERS: 'acme,apple,github',
  PROVIDER_ACME_ISSUER: 'https://id.acme.example',
  PROVIDER_ACME_CLIENT_ID: 'acme-web',
  PROVIDER_ACME_CLIENT_SECRET: SECRET,
  PROVIDER_GITHUB_CLIENT_ID: 'github-web',
  PROVIDER_GITHUB_CLIENT_SECRET: SECRET,
  PROVIDER_APPLE_CLIENT_ID: 'com.example.web',
  PROVIDER_APPLE_TEAM_ID: APPLE_KEY.teamId,
  PROVIDER_APPLE_KEY_ID: APPLE_KEY.keyId,
  PROVIDER_APPLE_PRIVATE_KEY: APPLE_KEY.privateKey,
}
/** A line of the key itself. */
const KEY_LINE = APPLE_KEY.privateKey.split('\n')[1] ?? ''

/** Settings that are right, and mistakes in and around the secrets. */
const ENVIRONMENTS: [what: string, env: Record<string, string>][] = [
  ['right', {}],
  ['a secret with a blank in it', { PROVIDER_ACME_CLIENT_SECRET: `${SECRET} more` }],
  ['a misspelt name', { PROVIDER_ACME_CLIENT_SECRTE: SECRET }],
  ['a secret of a provider that is not named', { PROVIDER_OTHER_CLIENT_SECRET: SECRET }],
  ['a secret that the provider has not', { PROVIDER_APPLE_CLIENT_SECRET: SECRET }],
  ['a key that is cut', { PROVIDER_APPLE_PRIVATE_KEY: APPLE_KEY.privateKey.slice(0, 120) }],
]

let database: TestDatabase
let env: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  env = { DATABASE_URL: database.url, SECRET_KEY: 'x'.repeat(40), MAIL: 'off', ...PROVIDERS }
})
afterAll(() => database.drop())

describe.each(ENVIRONMENTS)('settings of providers: %s', (_what, changes) => {
  it('are told by no check of the doctor', async () => {
    const exam = openExam({ ...env, ...changes })
    const lines = await examine(exam, CHECKS)
    await exam.close()
    expect(lines.map(({ check }) => check)).toContain('settings')
    expect(JSON.stringify(lines)).not.toContain(SECRET)
    expect(JSON.stringify(lines)).not.toContain(KEY_LINE)
  })

  it('are told by no line of a server that starts with them, or does not', async () => {
    const server = runServer({ ...env, ...changes, LOG_LEVEL: 'trace' })
    await Promise.race([waitForAddress(server).catch(() => null), server.exit])
    server.process.kill()
    await server.exit
    expect(server.output()).not.toBe('')
    expect(server.output()).not.toContain(SECRET)
    expect(server.output()).not.toContain(KEY_LINE)
  })
})
