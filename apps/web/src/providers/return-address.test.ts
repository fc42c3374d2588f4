import { afterEach, expect, it, vi } from 'vitest'
import { PURPOSES, readReturnPlan, writeReturnAddress } from './return-address.ts'

afterEach(() => void vi.unstubAllGlobals())

function queryOf(address: string): string {
  return new URL(address).search
}

it.each(PURPOSES)('the address for %s says it, and which page follows', (purpose) => {
  vi.stubGlobal('window', { location: { origin: 'https://auth.example' } })
  const next = '/staff?search=a%20b&role=7'
  const address = writeReturnAddress({ purpose, next })
  expect(address).toMatch(/^https:\/\/auth\.example\/account\/return\?/)
  expect(readReturnPlan(queryOf(address))).toEqual({ purpose, next })
  expect(readReturnPlan(queryOf(writeReturnAddress({ purpose })))).toEqual({ purpose })
})

it('a page whose path is too long for the server is left out', () => {
  vi.stubGlobal('window', { location: { origin: 'https://auth.example' } })
  const address = writeReturnAddress({ purpose: 'connect', next: `/staff?search=${'ß'.repeat(200)}` })
  expect(readReturnPlan(queryOf(address))).toEqual({ purpose: 'connect' })
})

it.each([
  '?for=admin&next=https://evil.example',
  '?next=evil',
  '?next=/return',
  '?next=/a/../return',
  '?next=/return/%3Ffor=connect',
  '',
])('the query %j of a stranger names no page', (query) => {
  expect(readReturnPlan(query)).toEqual({ purpose: 'sign_in' })
})
