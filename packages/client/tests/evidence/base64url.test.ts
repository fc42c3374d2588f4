import { afterEach, expect, test, vi } from 'vitest'
import { createRandomText, encodeBase64Url } from '../../src/evidence/base64url.ts'

afterEach(() => vi.unstubAllGlobals())

test('bytes and texts of every length are encoded as Node.js does, also without a btoa', () => {
  vi.stubGlobal('btoa', undefined)
  for (let length = 0; length < 130; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 91 + length) % 256)
    expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    const text = 'a {"~'.repeat(26).slice(0, length)
    expect(encodeBase64Url(text)).toBe(Buffer.from(text).toString('base64url'))
  }
})

test('a random text has 22 characters, also where there is no WebCrypto, and no two are equal', () => {
  const texts = Array.from({ length: 100 }, createRandomText)
  vi.stubGlobal('crypto', undefined)
  texts.push(...Array.from({ length: 100 }, createRandomText))
  for (const text of texts) expect(text).toMatch(/^[\w-]{22}$/)
  expect(new Set(texts).size).toBe(200)
})
