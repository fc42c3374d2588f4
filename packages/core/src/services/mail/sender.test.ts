import { describe, expect, test } from 'vitest'
import { readSender } from './sender.ts'

describe('MAIL_FROM', () => {
  test.each([
    ['no-reply@example.com', '', 'no-reply@example.com'],
    ['<no-reply@example.com>', '', 'no-reply@example.com'],
    ['Example <no-reply@example.com>', 'Example', 'no-reply@example.com'],
    ['Example<no-reply@example.com>', 'Example', 'no-reply@example.com'],
    ['no-reply@localhost', '', 'no-reply@localhost'],
    ['Łatchkey 李 <no-reply@bücher.example>', 'Łatchkey 李', 'no-reply@xn--bcher-kva.example'],
    ['no-reply@BÜCHER.example', '', 'no-reply@xn--bcher-kva.example'],
    ['Example: Support; Berlin, Rome <a@example.com>', 'Example: Support; Berlin, Rome', 'a@example.com'],
    ['Example (Auth) <a@example.com>', 'Example (Auth)', 'a@example.com'],
    ["O'Neill & Co. <a.b+c@example.com>", "O'Neill & Co.", 'a.b+c@example.com'],
    ['"Auth @ Example" <a@example.com>', 'Auth @ Example', 'a@example.com'],
    ['"The \\"Key\\", <old>" <a@example.com>', 'The "Key", <old>', 'a@example.com'],
    ['a@[192.0.2.1]', '', 'a@[192.0.2.1]'],
    ['a@[IPv6:2001:db8::1]', '', 'a@[IPv6:2001:db8::1]'],
  ])('%s is read', (text, name, address) => {
    const domain = address.slice(address.lastIndexOf('@') + 1)
    expect(readSender(text)).toEqual({ name, address, domain })
  })

  test.each([
    ['nobody', 'not an email address'],
    ['', 'not an email address'],
    ['@example.com', 'not an email address'],
    ['a..b@example.com', 'not an email address'],
    ['a b@example.com', 'not an email address'],
    ['a@exa mple.com', 'not an email address'],
    ['a@-example.com', 'not an email address'],
    ['a@192.0.2.1', 'not an email address'],
    ['a@example.com/x', 'not an email address'],
    ['a@example.com;', 'exactly one address'],
    ['Team: a@example.com, b@example.com;', 'exactly one address'],
    ['Team: A <a@example.com>;', 'exactly one address'],
    ['a@example.com, b@example.com', 'exactly one address'],
    ['A <a@example.com>, B <b@example.com>', 'exactly one address'],
    ['a@example.com, B <b@example.com>', 'exactly one address'],
    ['a@example.com (Example)', 'a comment is not kept'],
    ['Example <a@example.com> (Auth)', 'a comment is not kept'],
    ['zoë@example.com', 'in ASCII'],
    ['Ada "Lady" Lovelace <a@example.com>', 'in double quotes'],
    ['=?utf-8?q?=C5=81?= <a@example.com>', 'not encoded'],
    ['A\r\nBcc: b@example.com <a@example.com>', 'line break'],
    ['A <a@example.com\n>', 'line break'],
  ])('%j is refused by name, and nothing is dropped in silence', (text, why) => {
    expect(() => readSender(text)).toThrow(/^MAIL_FROM must be /)
    expect(() => readSender(text)).toThrow(why)
  })
})
