import { Writable } from 'node:stream'
import {
  createTestCore,
  logIn,
  PASSWORD,
  readClaims,
  refusalOf,
  signUp,
  TEST_SECRET_KEY,
  type TestCore,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { TokenPair } from '../src/words/claims.ts'
import { challenge, signUpWithApp } from './support/second-factor.ts'

const NEW_PASSWORD = 'another fine battery'
const lines: string[] = []

let test: TestCore
beforeAll(async () => {
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  test = await createTestCore({ log: pino({ level: 'trace' }, stream) })
})
afterAll(() => test.close())

/** Returns every row of every table, as text and as JSON. */
async function dumpDatabase(): Promise<string> {
  const { sql } = test.database
  const tables = await sql`
    select table_schema, table_name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
  const dumps = await Promise.all(
    tables.map(({ table_schema, table_name }) => {
      const table = sql`${sql(table_schema)}.${sql(table_name)}`
      return sql`select t::text as row, to_jsonb(t)::text as json from ${table} t`
    }),
  )
  expect(dumps.length).toBeGreaterThanOrEqual(4)
  return dumps.flatMap((rows) => rows.flatMap(({ row, json }) => [row, json])).join('\n')
}

/** Returns a token, and the parts of it that must not be stored: its payload and its signature. */
function partsOf(token: string): string[] {
  const [, payload, signature] = token.split('.') as [string, string, string]
  const hex = Buffer.from(signature, 'base64url').toString('hex')
  return [token, payload, signature, hex]
}

/** Runs the operations that take or give a credential, and returns all these credentials. */
async function collectCredentials(): Promise<string[]> {
  const person = await signUp(test.ctx)
  const held: TokenPair[] = [person.tokens, await logIn(test.ctx, person)]
  held.push(await refreshSession(test.ctx, person.tokens))
  held.push(await refreshSession(test.ctx, person.tokens))
  const identity = await authenticate(test.ctx, person.tokens.access)
  const changed = await changePassword(test.ctx, {
    identity,
    oldPassword: PASSWORD,
    newPassword1: NEW_PASSWORD,
    newPassword2: NEW_PASSWORD,
  })
  if (changed) held.push(changed, await refreshSession(test.ctx, changed))
  const wrong = 'a wrong battery'
  await refusalOf(logIn(test.ctx, { ...person, password: wrong }))
  const last = await logIn(test.ctx, { ...person, password: NEW_PASSWORD })
  held.push(last)
  await logout(test.ctx, { identity: await authenticate(test.ctx, last.access), refresh: last.refresh })
  test.clock.seconds += 31
  await refusalOf(refreshSession(test.ctx, changed ?? last))
  const tokens = held.flatMap((pair) => [pair.access, pair.refresh]).flatMap(partsOf)
  const secrets = await collectSecondFactors()
  const keys = await collectRotationKeys()
  return [...tokens, ...secrets, ...keys, PASSWORD, NEW_PASSWORD, wrong, TEST_SECRET_KEY]
}

/**
 * Refreshes with the key of a caller, in time and late. With its token the key is as good as the lost answer.
 *
 * @returns the key, and its bytes as the database would show them
 */
async function collectRotationKeys(): Promise<string[]> {
  const person = await signUp(test.ctx)
  const idempotencyKey = `key-${crypto.randomUUID()}`
  for (const seconds of [0, 31]) {
    test.clock.seconds += seconds
    const { refresh } = await refreshSession(test.ctx, { refresh: person.tokens.refresh, idempotencyKey })
    expect(readClaims(refresh).generation).toBe(2)
  }
  const hex = Buffer.from(idempotencyKey).toString('hex')
  return [idempotencyKey, hex, hex.slice(0, 32), Buffer.from(idempotencyKey).toString('base64url')]
}

/** Sets up an authenticator app, and signs in up to a challenge. */
async function collectSecondFactors(): Promise<string[]> {
  const person = await signUpWithApp(test)
  const challengeId = await challenge(test.ctx, person)
  const by = { identity: await authenticate(test.ctx, person.tokens.access) }
  const { secret: pending } = await setUpTotp(test.ctx, { by, replace: true })
  const codes = person.recoveryCodes.flatMap((code) => [code, code.replaceAll('-', '')])
  return [person.secret, pending, challengeId, ...codes]
}

describe('a dump of every table, and of the log', () => {
  it('contains no value that works as a credential', async () => {
    const credentials = await collectCredentials()
    await signUp(test.ctx, 'somebody@example.com')
    const dump = await dumpDatabase()
    expect(credentials.length).toBeGreaterThan(50)
    // The dump is complete: it contains values that are known to be stored.
    for (const known of [
      'somebody@example.com',
      '$argon2id$',
      'private_jwe',
      'Lovelace',
      '"rotation_key": "\\\\x',
    ]) {
      expect(dump).toContain(known)
    }
    const log = lines.join('\n')
    expect(log).toContain('refresh_replayed')
    for (const credential of credentials) {
      expect(dump).not.toContain(credential)
      expect(log).not.toContain(credential)
    }
  })
})
