import { expect, it } from 'vitest'
import { readState, toHref, toPath } from './router.ts'

it.each([
  ['/account', '/', '/account/'],
  ['/account/', '/', '/account/'],
  ['/account/sign-in', '/sign-in', '/account/sign-in'],
  ['/account/sign-in/', '/sign-in', '/account/sign-in'],
])('the URL path %s is the page %s, and a link to the page has the URL path %s', (pathname, path, href) => {
  expect(toPath(pathname)).toBe(path)
  expect(toHref(path)).toBe(href)
})

it('the state of a history entry is read without values that the portal has not written', () => {
  expect(readState({ email: 'a@example.com', next: '/email', other: 1 })).toEqual({
    email: 'a@example.com',
    next: '/email',
  })
  expect(readState({ email: 1, next: 'https://evil.example' })).toEqual({})
  expect(readState(null)).toEqual({})
})
