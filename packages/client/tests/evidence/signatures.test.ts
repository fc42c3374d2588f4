import { expect, test } from 'vitest'
import { printProof } from '../../src/evidence/print-proof.ts'

/** Encodes a number as DER does: without leading zeros, and with one where the first bit is set. */
function encode(bytes: number[]): number[] {
  const digits = bytes.slice(bytes.findIndex((byte) => byte > 0))
  const signed = (digits[0] ?? 0) > 127 ? [0, ...digits] : digits
  return [2, signed.length, ...signed]
}

const long = Array<number>(32).fill(0xfe)
const plain = Array<number>(32).fill(0x7e)
const withZeros = (count: number) => [...Array<number>(count).fill(0), ...plain.slice(count)]

test.each([
  ['two long integers', long, long],
  ['a long and a plain one', long, plain],
  ['one that is a byte short', withZeros(1), long],
  ['two that are some bytes short', withZeros(2), withZeros(3)],
  ['one of a single byte', long, withZeros(31)],
])('a signature in DER is read: %s', async (_name, r, s) => {
  const integers = [...encode(r), ...encode(s)]
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const
  const key = { publicKey, sign: async () => Uint8Array.from([0x30, integers.length, ...integers]) }
  const proof = await printProof(key, { method: 'POST', url: 'https://auth.example.com/', nonce: undefined })
  expect([...Buffer.from(proof.split('.')[2] ?? '', 'base64url')]).toEqual([...r, ...s])
})
