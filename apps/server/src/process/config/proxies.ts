import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { TrustedProxies } from '../../doors/http/forwarded.ts'
import { splitWords } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

const HOPS = /^\d{1,2}$/

export const proxyVariables = {
  TRUSTED_PROXIES: documented(
    setting({
      expected: 'a number of proxies such as 1, or their networks such as 10.0.0.0/8, separated by commas',
      read: readProxies,
    }),
    {
      default: 'nobody',
      meaning:
        'how many proxies are in front, or their networks; see [throttling](guides/throttling.md#behind-proxies)',
    },
  ),
}

/** The settings of {@link proxyVariables}. By default no proxy is trusted. */
export function proxyConfig(env: SettingsOf<typeof proxyVariables>) {
  const trustedProxies: TrustedProxies = env.TRUSTED_PROXIES ?? { hops: 0 }
  return { trustedProxies }
}

function readProxies(text: string): TrustedProxies | undefined {
  if (HOPS.test(text)) return { hops: Number(text) }
  const words = splitWords(text)
  const networks = words.flatMap(readNetwork)
  return networks.length === words.length ? { networks } : undefined
}

function readNetwork(word: string): [ipaddr.IPv4 | ipaddr.IPv6, number][] {
  // Node's check of addresses is strict. The check of the library accepts `100` as an address.
  if (!isIP(word.split('/', 1)[0] ?? '')) return []
  if (word.includes('/')) return ipaddr.isValidCIDR(word) ? [ipaddr.parseCIDR(word)] : []
  const address = ipaddr.process(word)
  return [[address, address.toByteArray().length * 8]]
}
