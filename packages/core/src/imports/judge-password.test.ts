import { expect, it } from 'vitest'
import type { Hasher } from '../services/hasher.ts'
import { judgePassword } from './judge-password.ts'

const BARE = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64').replaceAll('=', '')
const RULES = { weak: 'wrap', dryRun: false } as const
const UNUSABLE = { stored: '!', work: null }

/** A hasher whose hashes take so much memory. */
const hasherOf = (memoryKib: number) => ({
  hasher: {
    hash: async () => `$argon2id$v=19$m=${memoryKib},t=2,p=1$${BARE(16)}$${BARE(32)}`,
  } as unknown as Hasher,
})
const judge = (passwordHash: string, memoryKib = 19_456) =>
  judgePassword(hasherOf(memoryKib), 'a source', { oldId: '7', passwordHash }, RULES)

it.each([
  ['', 'no_password'],
  ['crypt$$ab', 'unknown_hash'],
  ['$P$BsaltSAL?xxxxxxxxxxxxxxxxxxxxxx', 'unreadable_hash'],
  [`$P$FsaltSALT${'x'.repeat(22)}`, 'too_costly'],
])('the password %j is unusable, and the word says why: %s', async (text, word) => {
  expect(await judge(text)).toEqual({ ...UNUSABLE, word })
})

it('a weak hash is wrapped, unless the hashes of this server are too costly for a wrapped one', async () => {
  const weak = `md5$salt$${'ab'.repeat(16)}`
  const wrapped = await judge(weak)
  expect(wrapped).toMatchObject({ word: 'weak_hash', work: expect.stringMatching(/^latchkey-wrap\$/) })
  expect(wrapped.stored).toMatch(/^latchkey-wrap\$md5\$salt\$\$argon2id\$/)
  expect(await judge(weak, 2_097_152)).toEqual({ ...UNUSABLE, word: 'too_costly' })
})
