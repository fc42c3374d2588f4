import { expect, test } from 'vitest'
import { createGuards } from '../src/server/express.ts'
import { AccessRefusal, createVerifier } from '../src/server/index.ts'

test('a refusal that comes after another answer goes to `next`, and ends no process', async () => {
  const verifier = createVerifier({ issuer: 'https://auth.example.com' })
  const late = new Error('ERR_HTTP_HEADERS_SENT')
  // A middleware with a time limit has answered, while the public keys were fetched.
  const response = {
    writeHead: () => {
      throw late
    },
  }
  const guard = createGuards({
    ...verifier,
    authenticate: () => Promise.reject(new AccessRefusal('unavailable')),
  })
  const passed = await Promise.race([
    new Promise((resolve) => guard.requireUser()({ headers: {} }, response, resolve)),
    new Promise((resolve) => process.once('unhandledRejection', () => resolve('unhandled'))),
  ])
  expect(passed).toBe(late)
})
