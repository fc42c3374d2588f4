import { expect, it } from 'vitest'
import { maskEmail } from './mask-email.ts'

it.each([
  ['alexandra@example.com', 'a…a@e…e.com'],
  ['ada.lovelace@mail.example.co.uk', 'a…e@m…o.uk'],
  ['ADA@Example.COM', 'A…@E…e.COM'],
])('%s keeps the first and last character of its parts', (email, masked) => {
  expect(maskEmail(email)).toBe(masked)
})

it.each([
  ['a@b.io', '…@….io'],
  ['ab@cd.io', 'a…@c….io'],
  ['bob@abc.io', 'b…@a….io'],
  ['anna@abcd.io', 'a…a@a…d.io'],
])('%s is short, and still hides a character of each part', (email, masked) => {
  expect(maskEmail(email)).toBe(masked)
})

it('does not show the length of the hidden part', () => {
  expect(maskEmail('alexandra@example.com')).toBe(maskEmail('a-very-long-name-a@e-long-e.com'))
})

it.each([
  ['łukaszż@例え例え.jp', 'ł…ż@例…え.jp'],
  ['李@例.jp', '…@….jp'],
  ['e\u0301milie\u0301@example.com', 'e\u0301…e\u0301@e…e.com'],
  ['👩‍🚀rocket👩‍🚀@example.com', '👩‍🚀…👩‍🚀@e…e.com'],
])('%s is cut between characters, never inside a character', (email, masked) => {
  expect(maskEmail(email)).toBe(masked)
})

it.each([
  ['root@localhost', 'r…t@l…t'],
  ['"odd@name"@example.com', '"…"@e…e.com'],
  ['not an address', 'n…s'],
  ['@', '…@…'],
  ['', '…'],
])('%s is odd, and is masked without an error', (email, masked) => {
  expect(maskEmail(email)).toBe(masked)
})
