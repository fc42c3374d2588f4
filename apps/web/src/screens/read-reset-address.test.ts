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
  ['#link=mark-1&account=a%E2%80%A6a%40e%E2%80%A6e.com', 'a…a@e…e.com'],
  ['#account=%E2%80%A6@%E2%80%A6', '…@…'],
  ['#account=ada@example.com', null],
  ['#account=Call%20%E2%80%A6%20now@e%E2%80%A6e.com', null],
  [`#account=a…a@e…${'x'.repeat(200)}.com`, null],
])('the account in %j is %j: a masked address and no other text', (hash, account) => {
  expect(readResetAddress(hash).account).toBe(account)
})
