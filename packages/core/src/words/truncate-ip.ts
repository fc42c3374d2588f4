import ipaddr from 'ipaddr.js'

const IPV4_KEPT_BITS = 24
const IPV6_KEPT_BITS = 48

/** Cuts an IPv4 address to its /24 (`192.0.2.0`), an IPv6 address to its /48 (`2001:db8:1::`). Null for other texts. */
export function truncateIp(ip: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) {
    return ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${IPV4_KEPT_BITS}`).toString()
  }
  // The zone of an IPv6 address names an interface of this machine.
  const bare = ip.replace(/%.*$/, '')
  if (!ipaddr.IPv6.isValid(bare)) return null
  return ipaddr.IPv6.networkAddressFromCIDR(`${bare}/${IPV6_KEPT_BITS}`).toString()
}

/** Writes the same network with its length: `192.0.2.0/24`, `2001:db8:1::/48`. Null for other texts. */
export function describeTruncatedIp(ip: string): string | null {
  const network = truncateIp(ip)
  if (network === null) return null
  return `${network}/${network.includes(':') ? IPV6_KEPT_BITS : IPV4_KEPT_BITS}`
}
