import { Writable } from 'node:stream'
import { addPasskey, createTestCore, signUpWithFactors, type TestCore } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoreConfig } from '../src/context.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Starts another server on the same database, and returns the events that it warns of, with their counts. */
async function startWith(config: Partial<CoreConfig>): Promise<Record<string, number>> {
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const other = await createTestCore({ database: test.database, config, log: pino(stream) })
  await other.close()
  const warned = lines.map((line) => JSON.parse(line) as { event?: string; count: number })
  // The secrets of stored factors are no secrets, so a start warns that no key opens them.
  const told = warned.filter(({ event }) => event && event !== 'totp_sealed_elsewhere')
  return Object.fromEntries(told.map(({ event, count }) => [event, count]))
}

it('a start counts the passkeys and the users that its settings leave without a use', async () => {
  const owner = await signUpWithFactors(test, { passkey: true })
  const both = await signUpWithFactors(test, { passkey: true, totp: true })
  expect(await startWith({})).toEqual({})
  expect(await startWith({ passkeysEnabled: false })).toEqual({ users_without_usable_factor: 1 })
  expect(await startWith({ passkeyRpId: 'other.example' })).toEqual({
    passkeys_of_other_domain: 2,
    users_without_usable_factor: 1,
  })
  await addPasskey(test, both.userId, 'other.example')
  await addPasskey(test, owner.userId, 'other.example')
  expect(await startWith({})).toEqual({ passkeys_of_other_domain: 2 })
})
