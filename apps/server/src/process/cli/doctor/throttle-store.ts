import { askRedis, summarizeFault } from '@latchkey/core'
import { type Check, good, mend } from './check.ts'

/** Whether the counters of the throttle can be reached. Without them each process counts by itself. */
export const THROTTLE_STORE: Check = {
  name: 'throttle store',
  examine: async ({ config }) => {
    const { store, redisUrl } = config().throttle
    if (store !== 'redis' || redisUrl === null) {
      const words = { memory: 'memory: each process counts by itself', postgres: 'the database' }
      return [good(words[store === 'postgres' ? 'postgres' : 'memory'])]
    }
    try {
      await askRedis(redisUrl)
      return [good(`Redis at ${new URL(redisUrl).host} answers`)]
    } catch (error) {
      return [
        mend(`Redis at ${new URL(redisUrl).host}: ${summarizeFault(error)}; start it, or change REDIS_URL`),
      ]
    }
  },
}
