import { describe, expect, test } from 'vitest'
import { describeCaller, findAddress } from '../../src/ssr/caller.ts'

const forwarded = (header: string) => ({ headers: new Headers({ 'X-Forwarded-For': header }) })

describe('the address of the client', () => {
  test.each([
    ['the last entry behind one proxy', '198.51.100.9, 203.0.113.7', 1, '203.0.113.7'],
    ['the last entry but one behind two', '198.51.100.9, 203.0.113.7, 10.0.0.2', 2, '203.0.113.7'],
    ['the first entry when fewer proxies wrote', '203.0.113.7', 2, '203.0.113.7'],
    ['an IPv6 address', '2001:db8::7', 1, '2001:db8::7'],
    ['an address in brackets, without its port', '[2001:db8::7]:443', 1, '2001:db8::7'],
    ['an IPv4 address without its port', '203.0.113.7:50123', 1, '203.0.113.7'],
    ['unknown for a word', 'unknown', 1, null],
    ['unknown for an empty entry of the nearest proxy', '203.0.113.7,', 1, null],
    ['unknown where no proxy is trusted, whatever the client sent', '203.0.113.7', 0, null],
  ])('is %s', (_, header, trustedProxies, address) => {
    expect(findAddress(forwarded(header), trustedProxies)).toBe(address)
  })

  test('is that of the connection in Node, and behind proxies that of the header', () => {
    const request = { headers: { 'x-forwarded-for': '198.51.100.9' }, socket: { remoteAddress: '10.0.0.2' } }
    expect(findAddress(request, 0)).toBe('10.0.0.2')
    expect(findAddress(request, 1)).toBe('198.51.100.9')
  })

  test('is the one that the framework names, before every header', () => {
    const place = { ...forwarded('198.51.100.9'), address: '203.0.113.7' }
    expect(findAddress(place, 1)).toBe('203.0.113.7')
  })
})

test('the auth server hears the address, the device and the languages of the client, and no other header', () => {
  const headers = new Headers({
    'X-Forwarded-For': '1.1.1.1, 203.0.113.7',
    'User-Agent': 'Firefox',
    'Accept-Language': 'uk, en;q=0.5',
    Cookie: 'a=b',
  })
  expect(describeCaller({ headers }, 1)).toEqual({
    'X-Forwarded-For': '203.0.113.7',
    'User-Agent': 'Firefox',
    'Accept-Language': 'uk, en;q=0.5',
  })
  headers.delete('Accept-Language')
  expect(describeCaller({ headers }, 0)).toEqual({ 'User-Agent': 'Firefox' })
})
