import { expect, test } from 'vitest'
import { FILTER_FIELDS, readAccountFilter, toRequest, writeAccountFilter } from './account-filter.ts'

const NOW = Date.parse('2026-02-01T00:00:00Z')
const read = (query: string) => toRequest(readAccountFilter(query), NOW)

test('the address of the page holds the whole filter, and an empty filter leaves it as it is', () => {
  const query = '?search=ada+%26+co&role=900&active=false&verified=true&created=7d&seen=not-30d'
  expect(writeAccountFilter(readAccountFilter(query))).toBe(query)
  expect(Object.keys(readAccountFilter(query))).toEqual([...FILTER_FIELDS])
  expect(writeAccountFilter(readAccountFilter('?search=+&role='))).toBe('')
})

test('the request has the fields of the API', () => {
  expect(read('?search=ada&role=0&active=false&verified=true&created=7d&seen=1d')).toEqual({
    search: 'ada',
    role: 0,
    is_active: false,
    email_verified: true,
    created_after: '2026-01-25T00:00:00.000Z',
    last_seen_after: '2026-01-31T00:00:00.000Z',
  })
  expect(read('?seen=not-30d')).toEqual({ last_seen_before: '2026-01-02T00:00:00.000Z' })
})

test.each([
  '?role=x',
  '?role=99999',
  '?role=0900',
  '?active=1',
  '?created=9999999d',
  '?seen=not-',
  '?verified=TRUE',
])('the query %s was not written by the portal, and filters nothing', (query) => {
  expect(read(query)).toEqual({})
})
