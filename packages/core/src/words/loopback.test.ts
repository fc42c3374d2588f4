import { expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true)
  },
)

it.each([
  '127.example.com',
  'localhost.example.com',
  '128.0.0.1',
  '0.0.0.0',
  '::2',
  '127.0.0.1.example.com',
  '',
])('%j is another machine', (host) => {
  expect(isLoopback(host)).toBe(false)
})
