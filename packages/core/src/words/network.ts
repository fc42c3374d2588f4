import ipaddr from 'ipaddr.js'

const IPV6_NETWORK_PARTS = 4

/**
 * Finds the network of an IP address: the form in which the limits count a client.
 *
 * An IPv6 customer owns at least a /64, so one /64 is one client. An IPv4-mapped IPv6 address is the same client as
 * its IPv4 address.
 *
 * @returns `192.0.2.1` or `2001:db8:0:1::/64`; null for a text that is not an IP address
 */
export function findNetwork(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null
  const address = ipaddr.process(ip)
  if (!('parts' in address)) return address.toString()
  const parts = address.parts.slice(0, IPV6_NETWORK_PARTS)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}
