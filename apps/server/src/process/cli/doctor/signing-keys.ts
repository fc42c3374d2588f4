import { DAY_SECONDS, spellCount } from '@latchkey/core'
import { type Check, good, look } from './check.ts'

/** Without a lifetime in the settings a key this old is worth a word. */
const OLD_DAYS = 365

/** Tells how long the active key signs, and whether it should have left its place. */
export const SIGNING_KEYS: Check = {
  name: 'signing keys',
  examine: async ({ config, domain }) => {
    const { signingKeyLifetimeSeconds: lifetime } = config()
    const { keys } = await domain()
    const days = Math.floor(keys.ageSeconds() / DAY_SECONDS)
    const verifying = (await keys.list()).length
    const told = `${keys.active().kid} has signed for ${spellCount(days, 'day', 'days')}, and ${spellCount(verifying, 'key is', 'keys are')} in service`
    const active = (await keys.list()).find(({ status }) => status === 'active')
    if (active?.isShared) {
      return [
        look(
          `${told}; it is a secret of a former deployment, and each service that verifies with it can forge access tokens: let them read the published keys, then set JWT_ALGORITHM=ES256`,
        ),
      ]
    }
    if (lifetime !== null && days > lifetime / DAY_SECONDS + 1) {
      return [look(`${told}; SIGNING_KEY_LIFETIME is over, and no running server has rotated: start one`)]
    }
    if (lifetime === null && days > OLD_DAYS) return [look(`${told}; rotate them: latchkey keys rotate`)]
    return [good(told)]
  },
}
