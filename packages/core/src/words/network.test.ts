import { describe, expect, it } from 'vitest'
import { findNetwork } from './network.ts'
import { parseRateLimit } from './rate-limits.ts'

describe('findNetwork', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('finds the network of %s: %s', (ip, network) => {
    expect(findNetwork(ip)).toBe(network)
  })

  it.each([null, '', 'unknown', 'localhost', '192.0.2.256', '1:2'])('returns null for %j', (ip) => {
    expect(findNetwork(ip)).toBeNull()
  })
})

describe('parseRateLimit', () => {
  it.each([
    ['60/m', { calls: 60, seconds: 60 }],
    [' 1/s ', { calls: 1, seconds: 1 }],
    ['5/h', { calls: 5, seconds: 3600 }],
    ['1000/d', { calls: 1000, seconds: 86_400 }],
  ])('reads the limit %j', (text, limit) => {
    expect(parseRateLimit(text)).toEqual(limit)
  })

  it.each(['', '0/m', '-1/m', '1.5/m', '5', '5/w', '5/min', 'm/5', '60/M', '9999999999/m'])(
    'returns null for %j',
    (text) => {
      expect(parseRateLimit(text)).toBeNull()
    },
  )
})
