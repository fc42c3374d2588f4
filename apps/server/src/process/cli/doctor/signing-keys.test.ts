import { createTestCore } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import type { Exam } from './exam.ts'
import { SIGNING_KEYS } from './signing-keys.ts'

it('an active key that other services know is looked at, because each of them can forge access tokens', async () => {
  const test = await createTestCore({ jwtAlgorithm: 'HS256' })
  const exam = {
    config: () => ({ signingKeyLifetimeSeconds: null }),
    domain: async () => test.ctx,
  } as unknown as Exam
  const examine = async () => JSON.stringify(await SIGNING_KEYS.examine(exam))
  expect(await examine()).not.toContain('forge')
  const kid = await test.ctx.keys.share('django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz')
  expect(await examine()).toMatch(new RegExp(`"look".*${kid} .*can forge access tokens`))
  await test.close()
})
