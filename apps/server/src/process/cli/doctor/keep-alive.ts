import { type Check, good, look } from './check.ts'
import { hasProxy } from './proxies.ts'

/** The time that nginx and many balancers keep an idle connection. */
const USUAL_SECONDS = 60

/** A proxy that keeps a connection longer than the server sends a call into a connection that is closing. */
export const KEEP_ALIVE: Check = {
  name: 'keep-alive',
  examine: ({ config }) => {
    const settings = config()
    const { keepAliveTimeoutSeconds: seconds } = settings
    const told = `KEEP_ALIVE_TIMEOUT is ${seconds} s`
    if (!hasProxy(settings) || seconds > USUAL_SECONDS) return [good(told)]
    return [look(`${told}; proxies keep a connection for ${USUAL_SECONDS} s, so set a longer time`)]
  },
}
