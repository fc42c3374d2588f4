import { BODY_MAX_BYTES } from '@latchkey/contract'
import { expect, it } from 'vitest'
import { readBody } from './read-body.ts'

/** A request whose body arrives in these parts, and then breaks off if it does. */
function arriving(parts: string[], { breaksOff = false, headers = {} } = {}): Request {
  const body = new ReadableStream({
    start: (stream) => {
      for (const part of parts) stream.enqueue(Buffer.from(part))
      if (breaksOff) stream.error(new Error('aborted'))
      else stream.close()
    },
  })
  return new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}

it.each([{}, { 'content-length': '100' }])(
  'a body that breaks off is a fault of the sender, with the headers %j',
  async (headers) => {
    await expect(readBody(arriving(['{'], { breaksOff: true, headers }))).rejects.toMatchObject({
      code: 'parse_error',
    })
  },
)

it('a body of an unknown length is read whole, and null when there is nothing in it', async () => {
  expect(Buffer.from((await readBody(arriving(['{"a"', ':1}']))) ?? '').toString()).toBe('{"a":1}')
  expect(await readBody(arriving([]))).toBeNull()
  expect(await readBody(new Request('http://localhost/', { method: 'POST' }))).toBeNull()
})

it('a body of an unknown length may be as large as a declared one, and no larger', async () => {
  const largest = 'x'.repeat(BODY_MAX_BYTES)
  expect(await readBody(arriving([largest]))).toHaveLength(BODY_MAX_BYTES)
  await expect(readBody(arriving([largest, 'x']))).rejects.toMatchObject({ code: 'request_too_large' })
})
