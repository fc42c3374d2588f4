import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isExampleSecret } from './secrets.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ALPHABET = `${LETTERS}${LETTERS.toUpperCase()}0123456789`
const backwards = (text: string) => [...text].reverse().join('')
const interleave = (one: string, other: string) =>
  [...one].map((letter, at) => letter + (other[at] ?? '')).join('')
const bytesInOrder = Buffer.from(Array.from({ length: 48 }, (_, byte) => byte))
const bytesInSteps = Buffer.from(Array.from({ length: 48 }, (_, byte) => (byte * 5) % 256))

describe('a secret in order has too little entropy for production:', () => {
  it.each([
    ['the alphabet', ALPHABET],
    ['the alphabet backwards', backwards(ALPHABET)],
    ['every second letter', `${[...ALPHABET].filter((_, at) => at % 2 === 0).join('')}${LETTERS}`],
    ['letters and digits in turn', interleave(`${LETTERS}${LETTERS}`, '0123456789'.repeat(6))],
    ['letters of both cases in turn', interleave(LETTERS, LETTERS.toUpperCase())],
    ['two alphabets against each other', interleave(LETTERS, backwards(LETTERS))],
    [
      'the printable characters',
      Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join(''),
    ],
    ['the rows of a keyboard', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
    ['the rows of a keyboard with the shift key', 'QWERTYUIOPasdfghjklZXCVBNM!@#$%^&*()'],
    ['the rows of a keyboard backwards', 'poiuytrewqlkjhgfdsamnbvcxz0987654321'],
    ['the columns of a keyboard', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/'],
    ['the columns of a keyboard, mixed', '1qaz@WSX3edc$RFV5tgb^YHN7ujm*IK<9ol.'],
    ['bytes in order, in hexadecimal', bytesInOrder.toString('hex')],
    ['bytes in order, in base64', bytesInOrder.toString('base64')],
    ['bytes in steps, in base64url', bytesInSteps.toString('base64url')],
    ['the alphabet in groups', 'abcd-efgh-ijkl-mnop-qrst-uvwx-yz01-2345-6789'],
    ['an alphabet with a mark behind every fifth letter', ALPHABET.replaceAll(/.{5}/g, '$&_')],
    ['one character', 'x'.repeat(80)],
    ['a repeated part', 'aB3$xK9!'.repeat(8)],
    ['a few changed characters in an alphabet', ALPHABET.replace('m', '!').replace('T', '?')],
  ])('%s', (_name, secret) => {
    expect(isExampleSecret(secret)).toBe(true)
  })
})

describe('a random secret has enough:', () => {
  /** The bytes are fixed, so that the test gives the same result each time. */
  const bytesOf = (seed: number, length: number) =>
    createHash('sha512').update(String(seed)).digest().subarray(0, length)

  it.each([
    ['32 bytes in hexadecimal', 'hex', 32],
    ['32 bytes in base64', 'base64', 32],
    ['48 bytes in base64', 'base64', 48],
    ['32 bytes in base64url', 'base64url', 32],
  ] as const)('%s', (_name, encoding, length) => {
    const refused = Array.from({ length: 2000 }, (_, seed) =>
      bytesOf(seed, length).toString(encoding),
    ).filter(isExampleSecret)
    expect(refused).toEqual([])
  })

  it('and the one that the sentence advises', () => {
    expect(isExampleSecret(randomBytes(48).toString('base64'))).toBe(false)
  })
})
