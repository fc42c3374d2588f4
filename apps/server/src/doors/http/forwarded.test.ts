import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../process/config/index.ts'
import { findClientAddress, isTrustedPeer } from './forwarded.ts'

const resolve = (peer: string, header: string | null, trust: string) =>
  findClientAddress(peer, header, loadConfig({ TRUSTED_PROXIES: trust }).config.trustedProxies)

describe('by default no proxy is trusted', () => {
  it.each([
    ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', null, '192.0.2.1'],
    ['2001:DB8::0001', '127.0.0.1', '2001:db8::1'],
  ])('the peer %s with the header %s counts as %s', (peer, header, client) => {
    expect(findClientAddress(peer, header, loadConfig({}).config.trustedProxies)).toBe(client)
    expect(resolve(peer, header, '0')).toBe(client)
  })
})

describe('behind a number of proxies', () => {
  it.each([
    ['1', '9.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['2', '9.9.9.9, 198.51.100.1, 10.0.0.7', '198.51.100.1'],
    ['2', '198.51.100.1', '198.51.100.1'],
    ['1', null, '10.0.0.1'],
    ['1', '', '10.0.0.1'],
    ['1', '9.9.9.9, unknown', '10.0.0.1'],
    ['1', '9.9.9.9, 127.1', '10.0.0.1'],
    ['1', '9.9.9.9, 0x7f000001', '10.0.0.1'],
    ['1', '9.9.9.9, 010.0.0.1', '10.0.0.1'],
    ['1', '9.9.9.9, fe80::1%eth0', '10.0.0.1'],
    ['1', "9.9.9.9, ' or 1=1", '10.0.0.1'],
    ['1', '198.51.100.1:443', '198.51.100.1'],
    ['1', '[2001:db8::1]:443', '2001:db8::1'],
    ['1', '::ffff:198.51.100.1', '198.51.100.1'],
  ])('with %s trusted proxies the header %s gives the client %s', (hops, header, client) => {
    expect(resolve('10.0.0.1', header, hops)).toBe(client)
  })
})

describe('behind proxies of some networks', () => {
  const trust = '10.0.0.0/8, 192.168.1.1 fd00::/8'
  it.each([
    ['10.0.0.1', '9.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '9.9.9.9, 198.51.100.1, 10.3.2.1, 192.168.1.1', '198.51.100.1'],
    ['::ffff:10.0.0.1', '198.51.100.1, fd00::7', '198.51.100.1'],
    ['192.168.1.2', '198.51.100.1', '192.168.1.2'],
    ['198.51.100.9', '10.0.0.1', '198.51.100.9'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
  ])('the peer %s with the header %s counts as %s', (peer, header, client) => {
    expect(resolve(peer, header, trust)).toBe(client)
  })

  it.each(['x', '-1', '10.0.0.0/33', '10.0.0.0/8,all', '100', '::/129'])('refuses the setting %s', (text) => {
    expect(() => loadConfig({ TRUSTED_PROXIES: text })).toThrow('TRUSTED_PROXIES must be a number of proxies')
  })
})

describe('the other end of a connection', () => {
  const isTrusted = (peer: string | undefined, trust: string) =>
    isTrustedPeer(peer, loadConfig({ TRUSTED_PROXIES: trust }).config.trustedProxies)

  it.each([
    ['10.0.0.1', '0', false],
    ['10.0.0.1', '1', true],
    ['10.0.0.1', '10.0.0.0/8', true],
    ['::ffff:10.0.0.1', '10.0.0.0/8', true],
    ['192.0.2.1', '10.0.0.0/8', false],
    // A closed connection has no address, and a socket of the file system has none either.
    [undefined, '1', false],
    [undefined, '10.0.0.0/8', false],
    ['', '10.0.0.0/8', false],
    ['/run/latchkey.sock', '0.0.0.0/0', false],
  ])('%s is a trusted proxy under %s: %s', (peer, trust, expected) => {
    expect(isTrusted(peer, trust)).toBe(expected)
  })
})
