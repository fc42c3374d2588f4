import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BETTER_AUTH, BETTER_AUTH_JWT } from '../../../bench/src/callers/better-auth.ts'
import { installPeers, prepareBetterAuth, VARIANTS, type Variant } from '../../../bench/src/figures/peers.ts'
import type { StartServer } from '../../../bench/src/figures/servers.ts'
import { ARGON2 } from '../../../bench/src/settings.ts'

let database: TestDatabase
let starts: Record<Variant, StartServer>
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  const entry = await installPeers()
  const cluster = { url: database.url, superuserUrl: database.url }
  starts = await prepareBetterAuth(cluster, { entry, argon2: ARGON2 })
})
afterAll(() => database.drop())

describe.each(VARIANTS)('better-auth of the benchmark, %s', (variant) => {
  it('answers each call of the benchmark rightly', async () => {
    const server = await starts[variant]()
    const protocol = variant === 'argon2id' ? BETTER_AUTH_JWT : BETTER_AUTH
    try {
      const person = await protocol.signUp(server.port, 'ada@example.com')
      await person.login()
      await person.readUser()
      // With the cookie cache, the benchmark measures reads alone.
      if (variant !== 'cached') await person.refresh()
      await person.readUser()
      await person.register('grace@example.com')
      const other = await protocol.signIn(server.port, 'grace@example.com')
      await other.readUser()
      await expect(protocol.signIn(server.port, 'nobody@example.com')).rejects.toThrow('answered 401')
      for (const each of [person, other]) each.close()
    } finally {
      await server.stop()
    }
  })
})
