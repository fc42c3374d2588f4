import { totpCodeAt } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { describeProvisioning, findTotpStep, newTotpSecret, readTotpCode } from './totp.ts'

/** The secret of RFC 6238, appendix B, as base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is that of RFC 6238 at %d', (epochSeconds, code) => {
    expect(totpCodeAt(RFC_SECRET, epochSeconds)).toBe(code)
    expect(findTotpStep(RFC_SECRET, code, epochSeconds)).toBe(Math.floor(epochSeconds / 30))
  })

  it('works with a clock that is a step off either way, and not with one that is two steps off', () => {
    const secret = newTotpSecret()
    const now = 1_800_000_000
    const step = now / 30
    for (const off of [-1, 0, 1]) {
      expect(findTotpStep(secret, totpCodeAt(secret, now + off * 30), now)).toBe(step + off)
    }
    const near = [-1, 0, 1].map((off) => totpCodeAt(secret, now + off * 30))
    for (const off of [-2, 2, -20, 20]) {
      const code = totpCodeAt(secret, now + off * 30)
      if (!near.includes(code)) expect(findTotpStep(secret, code, now)).toBeNull()
    }
  })

  it('is read with blanks, and is six ASCII digits', () => {
    for (const typed of ['123456', '123 456', ' 1 2 3\t4 5 6\n', '123\u00a0456']) {
      expect(readTotpCode(typed)).toBe('123456')
    }
    const refused = [
      '',
      '12345',
      '1234567',
      '12345a',
      'abcdef',
      '-12345',
      '+12345',
      '1e5000',
      '0x1234',
      '12.345',
    ]
    const foreign = ['１２３４５６', '١٢٣٤٥٦', '12345\u0000', '\u0000123456', '123456\u200b', '12345６']
    for (const typed of [...refused, ...foreign, `${' '.repeat(58)}1234567`, ' '.repeat(1e6)]) {
      expect(readTotpCode(typed)).toBeNull()
    }
    for (const typed of [123456, 1n, null, undefined, ['123456'], { length: 6 }, true]) {
      expect(readTotpCode(typed)).toBeNull()
    }
  })
})

describe('a new secret', () => {
  it('has 160 bits as 32 symbols of base32, another one each time', () => {
    const secrets = new Set(Array.from({ length: 200 }, newTotpSecret))
    expect(secrets.size).toBe(200)
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  })

  it('is described for apps by its address and a QR code of it on white ground', () => {
    const app = { issuer: 'Ada & Söhne', email: 'ada+x@example.com' }
    const { secret, provisioningUri, qrCode } = describeProvisioning(RFC_SECRET, app)
    expect(secret).toBe(RFC_SECRET)
    expect(provisioningUri).toBe(
      `otpauth://totp/Ada%20%26%20S%C3%B6hne:ada%2Bx%40example.com?issuer=Ada%20%26%20S%C3%B6hne&secret=${RFC_SECRET}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(qrCode).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/)
    expect(qrCode).toContain('fill="white"')
    expect(qrCode).not.toMatch(/script|href|example/)
  })

  it('of the longest address and issuer still has a QR code', () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(185)}.com`
    expect(describeProvisioning(RFC_SECRET, { issuer: 'ü'.repeat(64), email }).qrCode).toContain('</svg>')
  })
})
