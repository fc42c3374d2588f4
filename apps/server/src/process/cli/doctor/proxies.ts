import type { Config } from '../../config/index.ts'
import { type Check, good, look, mend } from './check.ts'

/** Whether `TRUSTED_PROXIES` fits the public address. The server itself speaks no https, so https needs a proxy. */
export const PROXIES: Check = {
  name: 'proxies',
  examine: ({ config }) => {
    const settings = config()
    const { publicUrl } = settings
    const trusts = trustsSomebody(settings)
    if (hasProxy(settings)) {
      if (trusts) return [good(`${publicUrl} needs a proxy, and TRUSTED_PROXIES names it`)]
      return [
        mend(
          `${publicUrl} needs a proxy, and TRUSTED_PROXIES names none: all callers count as one; set TRUSTED_PROXIES=1`,
        ),
      ]
    }
    if (!trusts) return [good(`${publicUrl} needs no proxy, and none is trusted`)]
    return [
      look(
        `${publicUrl} is the port of the server, and TRUSTED_PROXIES is set: a caller without a proxy names any address`,
      ),
    ]
  },
}

/** Whether something stands between the callers and this server. */
export function hasProxy({ publicUrl, port, basePath }: Pick<Config, 'publicUrl' | 'port' | 'basePath'>) {
  const url = new URL(publicUrl)
  return url.protocol === 'https:' || basePath !== '' || Number(url.port || 80) !== port
}

function trustsSomebody({ trustedProxies }: Config): boolean {
  return 'hops' in trustedProxies ? trustedProxies.hops > 0 : trustedProxies.networks.length > 0
}
