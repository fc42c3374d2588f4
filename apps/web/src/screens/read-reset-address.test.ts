import { expect, it } from 'vitest'
import { readResetAddress } from './read-reset-address.ts'

it.each([
  ['', {}],
  ['#', {}],
  ['#link=mark-1', { link: 'mark-1' }],
  ['#token=secret', { token: 'secret' }],
  ['#token=secret&link=mark-1', { token: 'secret', link: 'mark-1' }],
  ['#token=&link=', {}],
])('the proof in %j is %j', (hash, proof) => {
  expect(readResetAddress(hash).proof).toEqual(proof)
})

it.each([
  ['#link=mark-1', null],
  ['#account=a***@example.com', 'a***@example.com'],
  ['#link=mark-1&account=a%E2%80%A2%E2%80%A2%E2%80%A2@example.com', 'a•••@example.com'],
  ['#account=ada@example.com', null],
  ['#account=Call%20***%20now@example.com', null],
  [`#account=a***@${'x'.repeat(200)}.com`, null],
])('the account in %j is %j: a masked address and no other text', (hash, account) => {
  expect(readResetAddress(hash).account).toBe(account)
})
