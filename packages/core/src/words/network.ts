import ipaddr from 'ipaddr.js'

const IPV6_NETWORK_PARTS = 4

/**
 * Brings a client address to the one form it is counted by.
 *
 * An IPv6 customer owns at least a /64, so the whole network is one client; an IPv4 address in IPv6 clothes is the
 * same client as without them.
 *
 * @returns `192.0.2.1` or `2001:db8:0:1::/64`, or null for what is no address
 */
export function findNetwork(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null
  const address = ipaddr.process(ip)
  if (!('parts' in address)) return address.toString()
  const parts = address.parts.slice(0, IPV6_NETWORK_PARTS)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}
