import { describe, expect, it } from 'vitest'
import type { UserId } from '../../words/ids.ts'
import { hashRecoveryCode, newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts'

const ADA = '0197a000-0000-7000-8000-000000000001' as UserId
const BOB = '0197a000-0000-7000-8000-000000000002' as UserId

describe('recovery codes', () => {
  it('are ten at once, of 24 symbols of Crockford’s base32 in groups of four', () => {
    const codes = Array.from({ length: 100 }, newRecoveryCodes).flat()
    expect(new Set(codes).size).toBe(1000)
    for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/)
    const symbols = new Set(codes.join('').replaceAll('-', ''))
    expect([...symbols].sort().join('')).toBe('0123456789abcdefghjkmnpqrstvwxyz')
  })

  it('are read in any case, with blanks and hyphens, and with look-alikes', () => {
    const code = '0011-abcd-efgh-jkmn-pqrs-tvwx'
    const read = '0011abcdefghjkmnpqrstvwx'
    const spellings = [code, read, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code}\n`]
    for (const typed of [...spellings, 'OoIl-ABCD-efgh-jkmn-pqrs-tvwx', 'o0L1-abcd efgh-jkmnpqrs-tvwx']) {
      expect(readRecoveryCode(typed)).toBe(read)
    }
  })

  it('are nothing else: other symbols, another length, other types', () => {
    const none = ['', 'zzz', '0'.repeat(23), '0'.repeat(25), 'u'.repeat(24), `${'0'.repeat(24)}\u0000`]
    for (const typed of [...none, '０'.repeat(24), '-'.repeat(1e6), 1, null, undefined, ['0'.repeat(24)]]) {
      expect(readRecoveryCode(typed)).toBeNull()
    }
  })

  it('are stored by a hash that names its scheme and is of one user', () => {
    const code = '0011abcdefghjkmnpqrstvwx'
    expect(hashRecoveryCode(ADA, code)).toMatch(/^sha256:[A-Za-z0-9_-]{43}$/)
    expect(hashRecoveryCode(ADA, code)).toBe(hashRecoveryCode(ADA, code))
    expect(hashRecoveryCode(ADA, code)).not.toBe(hashRecoveryCode(BOB, code))
  })
})
