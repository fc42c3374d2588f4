import { expect, test } from 'vitest'
import { readAnswer, readCookies } from '../src/http-answer.ts'

const CHUNKED =
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nan \r\n6\r\nanswer\r\n0\r\n\r\n'
const SIZED = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nan answer'

test.each([
  ['with a length', SIZED, 200],
  ['in chunks', CHUNKED, 201],
])('an answer %s is read when its last byte has come, and not before', (_, text, status) => {
  const bytes = Buffer.from(text)
  for (let length = 0; length < bytes.length; length++)
    expect(readAnswer(bytes.subarray(0, length))).toBeNull()
  expect(readAnswer(bytes)).toMatchObject({ status, body: 'an answer' })
})

test('an answer that does not say where it ends stops the run', () => {
  expect(() => readAnswer(Buffer.from('HTTP/1.1 200 OK\r\n\r\nan answer'))).toThrow('without a length')
})

test('the cookies of an answer are sent back without their attributes', () => {
  const head = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/; HttpOnly\r\nset-cookie: b=2'
  expect(readCookies({ status: 200, head, body: '' })).toBe('a=1; b=2')
})
