import { expect, it } from 'vitest'
import { describeTruncatedIp, truncateIp } from './truncate-ip.ts'

it.each([
  ['192.0.2.77', '192.0.2.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['2001:DB8:0001::1', '2001:db8:1::'],
  ['2001:db8::1', '2001:db8::'],
  ['fe80::1%eth0', 'fe80::'],
  ['::1', '::'],
  ['::', '::'],
  ['unknown', null],
  ['', null],
])('%s is cut to %s', (ip, network) => {
  expect(truncateIp(ip)).toBe(network)
})

it.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:1:2::3', '2001:db8:1::/48'],
  ['unknown', null],
])('the network of %s is written as %s', (ip, network) => {
  expect(describeTruncatedIp(ip)).toBe(network)
})
