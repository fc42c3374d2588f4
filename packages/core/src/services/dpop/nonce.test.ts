import { describe, expect, it } from 'vitest'
import { deriveSecrets, replaceSecrets } from '../keys/derived-keys.ts'
import { isGoodNonce, makeNonce } from './nonce.ts'

const [PRESENT, FORMER, OTHER] = ['present', 'former', 'other'].map((word) => `${word} secret `.repeat(4))
const keysOf = (secret = PRESENT as string, fallbacks: string[] = []) =>
  deriveSecrets(secret, fallbacks)['dpop-nonce']

/** The first second of a window. */
const START = 120 * 14_000_000

describe('a nonce', () => {
  it.each([
    ['in the second in which it was made', 0, true],
    ['at the end of its window', 119, true],
    ['at the end of the next window', 239, true],
    ['after four minutes', 240, false],
    ['before its window', -1, false],
  ])('%s: good is what follows', async (_when, seconds, isGood) => {
    const keys = keysOf()
    expect(await isGoodNonce(keys, makeNonce(keys, START), START + seconds)).toBe(isGood)
  })

  it('of a former secret is good while that secret is accepted', async () => {
    const made = makeNonce(keysOf(FORMER), START)
    expect(await isGoodNonce(keysOf(PRESENT, [FORMER as string]), made, START)).toBe(true)
    expect(await isGoodNonce(keysOf(PRESENT), made, START)).toBe(false)
  })

  it('of a secret that another server was given first makes this one read its secrets again', async () => {
    const secrets = deriveSecrets(PRESENT as string, [], async () => {
      replaceSecrets(secrets, deriveSecrets(OTHER as string, [PRESENT as string]))
    })
    const made = makeNonce(keysOf(OTHER), START)
    expect(await isGoodNonce(secrets['dpop-nonce'], made, START)).toBe(true)
  })

  it('is the same on every server with the secret', () => {
    expect(makeNonce(keysOf(), START)).toBe(makeNonce(keysOf(), START + 119))
  })

  it('has the characters that RFC 9449 allows', () => {
    expect(makeNonce(keysOf(), START)).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  it.each([undefined, null, 7, '', '.', 'unknown.unknown', {}, [], ['a.b']])('%j is none', async (nonce) => {
    expect(await isGoodNonce(keysOf(), nonce, START)).toBe(false)
  })

  it('with something behind it is none', async () => {
    const keys = keysOf()
    expect(await isGoodNonce(keys, `${makeNonce(keys, START)}.more`, START)).toBe(false)
  })
})
