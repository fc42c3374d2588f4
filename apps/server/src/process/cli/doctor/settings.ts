import { findCookieWarnings } from '../../config/cookie-faults.ts'
import { ConfigError } from '../../config/index.ts'
import { findOpenSettings } from '../../config/open-settings.ts'
import { type Check, good, look, mend } from './check.ts'

/** Mistakes keep a server from starting. Warnings are names that look misspelt, and settings that do not fit together. */
export const SETTINGS: Check = {
  name: 'settings',
  examine: ({ settings }) => {
    try {
      const { config, warnings } = settings()
      const place = config.production ? 'production' : 'development'
      // The check of the cookies tells those.
      const ofCookies = findCookieWarnings(config)
      const others = [...warnings, ...findOpenSettings(config)].filter((one) => !ofCookies.includes(one))
      return [good(`they fit together, for ${place}`), ...others.map(look)]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return error.mistakes.map(mend)
    }
  },
}
