import { afterEach, expect, it, vi } from 'vitest'
import { resolveRoute } from '../src/http/resolve-route.ts'

afterEach(() => vi.unstubAllGlobals())

it.each([
  [{ cursor: 'a b&c=d', limit: 2 }, '?cursor=a%20b%26c%3Dd&limit=2'],
  [{ cursor: undefined }, ''],
  [{ search: 'Zoë + 李' }, `?search=${encodeURIComponent('Zoë + 李')}`],
])('the fields of a GET are its query, also without a whole `URLSearchParams`: %o', (fields, query) => {
  // That of React Native to 0.79 takes an object alone.
  vi.stubGlobal('URLSearchParams', class {})
  expect(resolveRoute('GET /list/', fields)).toEqual({ method: 'GET', path: `/list/${query}` })
})
