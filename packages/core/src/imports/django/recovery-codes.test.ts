import { describe, expect, it } from 'vitest'
import { type FactorRow, readFactors } from './factors.ts'
import { listUnusedCodes } from './recovery-codes.ts'

const RULES = { count: 10, digits: 8 }
const SEED = '5f2c'.repeat(20)
/** Made by the `hmac` of Python. */
const CODES = ['91795864', '79427508', '29404484', '93487874', '38408353'].concat([
  '55827992',
  '71599487',
  '30065771',
  '61852061',
  '15783231',
])

const read = (...rows: [type: string, data: unknown][]) =>
  readFactors(
    rows.map(([type, data]): FactorRow => [type, typeof data === 'string' ? data : JSON.stringify(data)]),
    RULES,
  )

describe('the recovery codes of a seed', () => {
  it('are those that Python computes', () => {
    expect(listUnusedCodes(SEED, 0n, RULES)).toEqual(CODES)
    const shorter = listUnusedCodes(SEED, 0n, { count: 12, digits: 6 })
    expect(shorter.slice(0, 3)).toEqual(['921077', '482138', '849236'])
    expect(shorter.at(-1)).toBe('561051')
  })

  it('are only those whose bit is not set', () => {
    const unused = CODES.filter((_, index) => index !== 0 && index !== 3 && index !== 9)
    expect(listUnusedCodes(SEED, 0b10_0000_1001n, RULES)).toEqual(unused)
    expect(listUnusedCodes(SEED, (1n << 10n) - 1n, RULES)).toEqual([])
  })

  it('keep a bit above the 32nd apart', () => {
    const many = { count: 40, digits: 8 }
    expect(listUnusedCodes(SEED, 1n << 35n, many)).toEqual(
      listUnusedCodes(SEED, 0n, many).filter((_, index) => index !== 35),
    )
  })
})

describe('the rows of mfa_authenticator', () => {
  const secret = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'

  it('give the secret and the unused codes', () => {
    const factors = read(['totp', { secret }], ['recovery_codes', { seed: SEED, used_mask: 1 }])
    expect(factors).toEqual({ totp: { secret }, recoveryCodes: CODES.slice(1), remarks: [] })
  })

  it('give codes that another package made', () => {
    const codes = ['abcd-1234', 'efgh-5678']
    expect(read(['recovery_codes', { migrated_codes: codes, seed: 'x' }]).recoveryCodes).toEqual(codes)
  })

  it('give a secret in lower case and with its padding', () => {
    expect(read(['totp', { secret: `${'mzxw6ytboi'.repeat(2)}======` }]).totp).toEqual({
      secret: 'MZXW6YTBOI'.repeat(2),
    })
  })

  it('name a passkey, which stays behind', () => {
    expect(read(['webauthn', { credential: {} }]).remarks).toEqual([{ word: 'passkey_left' }])
  })

  it.each([
    ['encrypted', { secret: 'gAAAAABmZ0Z1c2VkLW5vdGhpbmctcmVhbA==' }],
    ['empty', { secret: '' }],
    ['absent', {}],
    ['a number', { secret: 12 }],
    ['too short', { secret: 'MZXW6YTB' }],
    ['no JSON', '{"secret":'],
    ['null', 'null'],
  ])('name a TOTP secret that is %s, and do not guess it', (_, data) => {
    expect(read(['totp', data])).toEqual({
      totp: null,
      recoveryCodes: null,
      remarks: [{ word: 'mfa_unreadable', detail: 'totp' }],
    })
  })

  it.each([
    ['an encrypted seed', { seed: 'gAAAAABmZ0Z1c2VkLW5vdGhpbmctcmVhbA==', used_mask: 0 }],
    ['no mask', { seed: SEED }],
    ['a mask that is no number', { seed: SEED, used_mask: '0' }],
    ['a negative mask', { seed: SEED, used_mask: -1 }],
    ['encrypted codes', { migrated_codes: ['gAAAAAB='.repeat(20)] }],
    ['codes that are no list', { migrated_codes: 'abcd' }],
    ['too many codes', { migrated_codes: Array.from({ length: 101 }, () => 'abcd-1234') }],
  ])('name recovery codes of %s, and do not guess them', (_, data) => {
    const factors = read(['totp', { secret }], ['recovery_codes', data])
    expect(factors).toEqual({
      totp: { secret },
      recoveryCodes: null,
      remarks: [{ word: 'mfa_unreadable', detail: 'recovery_codes' }],
    })
  })

  it('count by their newest of each type', () => {
    const older = 'A'.repeat(32)
    expect(read(['totp', { secret: older }], ['totp', { secret }]).totp).toEqual({ secret })
  })
})
