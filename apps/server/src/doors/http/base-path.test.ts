import { expect, it } from 'vitest'
import { takeBasePath } from './base-path.ts'

it.each([
  ['/auth/login/', '/login/'],
  ['/auth', '/'],
  ['/auth/', '/'],
  ['/auth?next=/x', '/?next=/x'],
  ['/auth/auth/login/', '/auth/login/'],
  ['http://example.com/auth/login/?x=1', 'http://example.com/login/?x=1'],
])('the path of PUBLIC_URL is taken off %s, once', (target, rest) => {
  expect(takeBasePath(target, '/auth')).toBe(rest)
})

it.each([
  '/login/',
  '/',
  '*',
  '',
  '/authors/',
  '/AUTH/login/',
  '//auth/login/',
  '/%61uth/login/',
  '/x/auth/login/',
])('another path stays as it is, and so does every other spelling: %j', (target) => {
  expect(takeBasePath(target, '/auth')).toBe(target)
})

it.each(['/auth/login/', '?next=/x', 'http://example.com'])(
  'without a path in PUBLIC_URL nothing is taken off or added: %s',
  (target) => {
    expect(takeBasePath(target, '')).toBe(target)
  },
)
