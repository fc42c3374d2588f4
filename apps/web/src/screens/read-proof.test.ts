import { expect, it } from 'vitest'
import { readProof } from './read-proof.ts'

it.each([
  ['', {}],
  ['#', {}],
  ['#link=mark-1', { link: 'mark-1' }],
  ['#token=secret', { token: 'secret' }],
  ['#token=secret&link=mark-1', { token: 'secret', link: 'mark-1' }],
  ['#token=&link=', {}],
])('the proof in %j is %j', (hash, proof) => {
  expect(readProof(hash)).toEqual(proof)
})
