import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isAsSent } from './sent-request.ts'

interface Sent {
  version?: string
  target?: string
  /** The URL that was made of the target. */
  url?: string
  raw?: string[]
}

function isSound({ version = '1.1', target = '/x/', url, raw = ['Host', 'localhost'] }: Sent): boolean {
  const headers: Record<string, string> = {}
  for (let at = 0; at < raw.length; at += 2) headers[raw[at]?.toLowerCase() ?? ''] ??= raw[at + 1] ?? ''
  const incoming = {
    httpVersion: version,
    httpVersionMajor: Number(version[0]),
    headers,
    rawHeaders: raw,
    url: target,
  }
  const request = { url: url ?? `http://localhost${target}` } as Request
  return isAsSent(request, incoming as unknown as IncomingMessage)
}

describe('a request that a proxy in front reads as we do passes:', () => {
  it.each<[string, Sent]>([
    ['a path', {}],
    ['a path with a query', { target: '/x/?a=/../b' }],
    ['no path', { target: '', url: 'http://localhost/' }],
    ['an absolute form without a path', { target: 'http://localhost', url: 'http://localhost/' }],
    ['an absolute form', { target: 'http://localhost/x/?a', url: 'http://localhost/x/?a' }],
    ['HTTP/1.0 without a host', { version: '1.0', raw: [] }],
    ['HTTP/1.0 with a host', { version: '1.0' }],
    ['HTTP/1.1 in chunks', { raw: ['Host', 'x', 'Transfer-Encoding', 'chunked'] }],
    ['an empty host', { raw: ['Host', ''] }],
    ['a header whose value is "host"', { raw: ['X-Of', 'host', 'Host', 'x'] }],
  ])('%s', (_case, sent) => {
    expect(isSound(sent)).toBe(true)
  })
})

describe('a request that a proxy may read otherwise is refused:', () => {
  it.each<[string, Sent]>([
    ['another version', { version: '2.0' }],
    ['HTTP/0.9', { version: '0.9', raw: [] }],
    ['HTTP/1.0 in chunks', { version: '1.0', raw: ['Host', 'x', 'Transfer-Encoding', 'chunked'] }],
    ['HTTP/1.1 without a host', { raw: [] }],
    ['two hosts', { raw: ['Host', 'x', 'hOST', 'y'] }],
    ['two hosts of HTTP/1.0', { version: '1.0', raw: ['Host', 'x', 'Host', 'x'] }],
    ['a host with a path', { raw: ['Host', 'x/y'] }],
    ['a host with a user', { raw: ['Host', 'u@x'] }],
    ['a resolved path', { target: '/a/../x/', url: 'http://localhost/x/' }],
    ['a path that ended at #', { target: '/x/#/y', url: 'http://localhost/x/#/y' }],
  ])('%s', (_case, sent) => {
    expect(isSound(sent)).toBe(false)
  })
})
