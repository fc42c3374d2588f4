import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The trusted proxies: a number of proxies in front of the server, or the networks of the proxies. */
export type TrustedProxies = { hops: number } | { networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] }

const BRACKETED = /^\[([^\]]+)\](?::\d{1,5})?$/
const WITH_PORT = /^([\d.]+):\d{1,5}$/

/**
 * Finds the address of the client behind trusted proxies.
 *
 * `X-Forwarded-For` is read from the right, because the nearest proxy writes there. A client can only write to the
 * left of what proxies add. A malformed entry ends the reading, because no proxy wrote it or the entries to its left.
 *
 * @param header - `X-Forwarded-For`, several of them joined by commas, or null
 * @returns an address in its canonical form
 */
export function findClientAddress(peer: string, header: string | null, trusted: TrustedProxies): string {
  let client = canonicalize(peer) ?? peer
  const named = header === null ? [] : header.split(',')
  for (let hop = 0; isTrusted(client, hop, trusted); hop++) {
    const next = canonicalize(named.pop()?.trim() ?? '')
    if (next === null) break
    client = next
  }
  return client
}

/** Whether the other end of a connection is a trusted proxy, so that its own headers are believed. */
export function isTrustedPeer(peer: string | undefined, trusted: TrustedProxies): boolean {
  return peer !== undefined && isTrusted(canonicalize(peer) ?? peer, 0, trusted)
}

function isTrusted(address: string, hop: number, trusted: TrustedProxies): boolean {
  if ('hops' in trusted) return hop < trusted.hops
  if (!isIP(address)) return false
  const parsed = ipaddr.process(address)
  return trusted.networks.some(([network, bits]) => isWithin(parsed, network, bits))
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: ipaddr.IPv4 | ipaddr.IPv6, bits: number) {
  return address.kind() === network.kind() && address.match(network, bits)
}

/** Some proxies write the port too. Node's check is strict, where other checks accept `127.1` or `0x7f000001`. */
function canonicalize(text: string): string | null {
  const bare = BRACKETED.exec(text)?.[1] ?? WITH_PORT.exec(text)?.[1] ?? text
  return isIP(bare) && !bare.includes('%') ? ipaddr.process(bare).toString() : null
}
