import { isIPv4, isIPv6 } from 'node:net'

const IPV4_KEPT_PARTS = 3
const IPV6_KEPT_PARTS = 3

/** Cuts an IPv4 address to its /24 (`192.0.2.0`), an IPv6 address to its /48 (`2001:db8:1::`). Null for other texts. */
export function truncateIp(ip: string): string | null {
  if (isIPv4(ip)) return [...ip.split('.').slice(0, IPV4_KEPT_PARTS), '0'].join('.')
  const bare = ip.replace(/%.*$/, '')
  if (!isIPv6(bare)) return null
  const kept = expandIpv6(bare).slice(0, IPV6_KEPT_PARTS)
  while (kept.length > 0 && kept.at(-1) === '0') kept.pop()
  return `${kept.join(':')}::`
}

/** The eight parts of an IPv6 address, each without leading zeros. */
function expandIpv6(ip: string): string[] {
  // The URL parser brings every spelling of an IPv6 address to one form.
  const [head = '', tail] = new URL(`http://[${ip}]/`).hostname.slice(1, -1).split('::')
  const first = head.split(':').filter(Boolean)
  const last = (tail ?? '').split(':').filter(Boolean)
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
}
