import { describe, expect, test } from 'vitest'
import { describeHello } from './smtp-options.ts'
import { readSmtpUrl } from './smtp-url.ts'

const NOTHING = { helloName: null, caFile: null, certificateName: null }

describe('SMTP_URL', () => {
  test.each([
    [
      'smtp://mail.example.com',
      { host: 'mail.example.com', port: 587, encryption: 'opportunistic', auth: null },
    ],
    ['smtp://mail.example.com/', { port: 587, ...NOTHING }],
    [
      'smtp://u:p@mail.example.com:2525',
      { port: 2525, encryption: 'starttls', auth: { user: 'u', pass: 'p' } },
    ],
    ['smtp://u:p@127.0.0.1', { host: '127.0.0.1', encryption: 'opportunistic' }],
    ['smtp://u:p@[::1]:25', { host: '::1', port: 25, encryption: 'opportunistic' }],
    ['smtp://u:p@localhost', { encryption: 'opportunistic' }],
    ['smtp://u:p@localhost.example.com', { encryption: 'starttls' }],
    ['smtp://[2001:db8::1]', { host: '2001:db8::1' }],
    ['smtp://MAIL.Bücher.example', { host: 'mail.xn--bcher-kva.example' }],
    ['smtp://mail_relay', { host: 'mail_relay' }],
    [
      'smtps://u%40x:p%2F%25@mail.example.com',
      { port: 465, encryption: 'tls', auth: { user: 'u@x', pass: 'p/%' } },
    ],
    ['smtp://u:p@ss@mail.example.com', { host: 'mail.example.com', auth: { user: 'u', pass: 'p@ss' } }],
    ['smtp://mail.example.com?requireTLS=true', { encryption: 'starttls' }],
    ['smtp://mail.example.com?requireTLS=false', { encryption: 'opportunistic' }],
    ['smtp://mail.example.com?ignoreTLS=true', { encryption: 'none' }],
    ['smtp://u:p@localhost?ignoreTLS=true', { encryption: 'none' }],
    ['smtps://mail.example.com?requireTLS=true&ignoreTLS=false', { encryption: 'tls' }],
    [
      'smtp://mail.example.com?tls.ca=/etc/my%20ca+1.pem',
      { encryption: 'starttls', caFile: '/etc/my ca+1.pem' },
    ],
    [
      'smtp://10.0.0.9?tls.servername=mail.example.com',
      { encryption: 'starttls', certificateName: 'mail.example.com' },
    ],
    [
      'smtp://mail.example.com?name=auth.example.com',
      { helloName: 'auth.example.com', encryption: 'opportunistic' },
    ],
    ['smtp://mail.example.com?name=[192.0.2.1]', { helloName: '[192.0.2.1]' }],
  ])('%s is read', (url, expected) => {
    expect(readSmtpUrl(url)).toMatchObject(expected)
  })

  test.each([
    ['', 'must be an address'],
    ['mail.example.com', 'must be an address'],
    ['http://u:secret@x', 'must be an address'],
    ['smtp://', 'must be an address'],
    ['smtp//u:secret@x', 'must be an address'],
    ['smtp://u:secret@x:port', 'must be an address'],
    ['smtp://mail.example.com:0', 'a port from 1'],
    ['smtp://u:secret@mail.example.com:465', 'smtps:// for port 465'],
    ['smtp://u:secret%zz@mail.example.com', 'a stray % in the password'],
    ['smtp://u%:secret@mail.example.com', 'a stray % in the user'],
    ['smtp://mail%.example.com', 'a stray % in the host'],
    ['smtp://mail.example.com?name=%', 'a stray % in its parameters'],
    ['smtp://u:secret/more@mail.example.com', 'percent-encode'],
    ['smtp://u:12/secret@mail.example.com', 'percent-encode'],
    ['smtp://u:12?secret@mail.example.com', 'percent-encode'],
    ['smtp://u:12#secret@mail.example.com', 'percent-encode'],
    ['smtp://u:12?secret!', 'has a parameter, which it cannot have'],
    ['smtp://mail.example.com/path', 'must not have a path'],
    ['smtp://user@mail.example.com', 'both a user and a password'],
    ['smtp://:secret@mail.example.com', 'both a user and a password'],
    ['smtp://a%20b', 'must name a host'],
  ])('%j is refused, and the sentence has no part of a password', (url, sentence) => {
    expect(() => readSmtpUrl(url)).toThrow(sentence)
    expect(() => readSmtpUrl(url)).toThrow(/^SMTP_URL /)
    expect(() => readSmtpUrl(url)).not.toThrow('secret')
  })

  test.each([
    ['smtp://h?pool=true', 'pool'],
    ['smtp://h?requiretls=true', 'requiretls'],
    ['smtp://h?tls.rejectUnauthorized=false', 'tls.rejectUnauthorized'],
    ['smtp://h?secure=true', 'secure'],
    ['smtp://h?constructor=1', 'constructor'],
    ['smtp://h?requireTLS=yes', 'requireTLS'],
    ['smtp://h?requireTLS', 'requireTLS'],
    ['smtp://h?name=a&name=b', 'name'],
    ['smtp://h?name=a%0d%0aQUIT', 'name'],
    ['smtp://h?name=[localhost]', 'name'],
    ['smtp://h?tls.ca=', 'tls.ca'],
    ['smtp://h?tls.servername=192.0.2.1', 'tls.servername'],
    ['smtp://h?requireTLS=true&ignoreTLS=true', 'ignoreTLS=true'],
    ['smtp://h?tls.ca=/x&ignoreTLS=true', 'ignoreTLS=true'],
    ['smtp://h?tls.servername=x&requireTLS=false', 'requireTLS=false'],
    ['smtps://h?ignoreTLS=true', 'ignoreTLS=true'],
    ['smtps://h?requireTLS=false', 'requireTLS=false'],
    ['smtp://u:secret@h?ignoreTLS=true', 'ignoreTLS=true'],
    ['smtp://u:secret@h?requireTLS=false', 'requireTLS=false'],
  ])('%s is refused with the name of the parameter', (url, name) => {
    expect(() => readSmtpUrl(url)).toThrow(name)
    expect(() => readSmtpUrl(url)).not.toThrow('secret')
  })
})

test.each([
  ['https://auth.example.com', 'auth.example.com'],
  ['https://auth.example.com.:8443', 'auth.example.com'],
  ['https://bücher.example/auth', 'xn--bcher-kva.example'],
  ['http://localhost:3000', 'localhost'],
  ['http://192.0.2.7', '[192.0.2.7]'],
  ['http://[2001:db8::1]:3000', '[IPv6:2001:db8::1]'],
])('a server at %s calls itself %s', (publicUrl, name) => {
  expect(describeHello(publicUrl)).toBe(name)
})
