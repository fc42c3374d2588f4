import { describe, expect, it } from 'vitest'
import type { UserId } from '../../words/ids.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts'
import { hashByEveryKey, hashShortCode, listShortSeals, readShortCode } from './short-codes.ts'

const ADA = '0197a000-0000-7000-8000-000000000001' as UserId
const BOB = '0197a000-0000-7000-8000-000000000002' as UserId
const keys = deriveSecrets('the-secret-of-now-0123456789-abcdefghij', [
  'the-former-secret-0123456789-abcdefghi',
])['recovery-code']

describe('recovery codes of another system', () => {
  it('are read with blanks and hyphens, and in any case', () => {
    for (const typed of ['15277180', '1527-7180', ' 1527 7180\n', '1-5-2-7-7-1-8-0'])
      expect(readShortCode(typed)).toBe('15277180')
    expect(readShortCode('aBcDe-12345')).toBe('abcde12345')
  })

  it('are nothing else: other symbols, another length, other types', () => {
    const none = ['', '12345', '0'.repeat(21), '１５２７７１８０', '15277180\u0000', '-'.repeat(1e6)]
    for (const typed of [...none, 15277180, null, undefined, ['15277180']])
      expect(readShortCode(typed)).toBeNull()
  })

  it('and ours are never the same text', () => {
    for (const code of newRecoveryCodes()) expect(readShortCode(code)).toBeNull()
    for (const code of ['15277180', 'abcde12345', '0'.repeat(20)]) expect(readRecoveryCode(code)).toBeNull()
  })

  it('are stored by a keyed hash that names its scheme and its key and is of one user', () => {
    const hash = hashShortCode(ADA, '15277180', keys.current)
    expect(hash).toMatch(new RegExp(`^hmac-sha256:${keys.current.kid}:[\\w-]{43}$`))
    expect(hash).not.toBe(hashShortCode(BOB, '15277180', keys.current))
  })

  it('are looked for under each secret that is accepted', () => {
    const hashes = hashByEveryKey(ADA, '15277180', keys)
    expect(hashes).toHaveLength(2)
    expect(hashes).toContain(hashShortCode(ADA, '15277180', keys.current))
    const seals = listShortSeals(keys)
    expect(seals[0]).toBe(`hmac-sha256:${keys.current.kid}:`)
    for (const hash of hashes) expect(seals.some((seal) => hash.startsWith(seal))).toBe(true)
  })
})
