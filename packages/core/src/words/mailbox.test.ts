import { expect, it } from 'vitest'
import { findMailbox } from './mailbox.ts'

it.each([
  ['ada@example.com', 'ada@example.com'],
  ['ada+news@example.com', 'ada@example.com'],
  ['ada+a+b@example.com', 'ada@example.com'],
  ['a.d.a@example.com', 'a.d.a@example.com'],
  ['a.d.a+x@gmail.com', 'ada@gmail.com'],
  ['a.da@googlemail.com', 'ada@gmail.com'],
  ['+x@example.com', '+x@example.com'],
  ['"a+b@c"@example.com', '"a@example.com'],
])('%s reaches the mailbox %s', (email, mailbox) => {
  expect(findMailbox(email)).toBe(mailbox)
})
