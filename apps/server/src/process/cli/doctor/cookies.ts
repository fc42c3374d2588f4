import { spellCount } from '@latchkey/core'
import { findCookieWarnings } from '../../config/cookie-faults.ts'
import { type Check, good, look } from './check.ts'

/** Whether browsers keep and send the cookies. The start refuses what no browser keeps; here is what remains. */
export const COOKIES: Check = {
  name: 'cookies',
  examine: ({ config }) => {
    const settings = config()
    const { publicUrl, refreshCookie, corsOrigins, cookiePrefix } = settings
    const foreign = findCookieWarnings(settings)
    if (foreign.length > 0) return foreign.map(look)
    if (!refreshCookie) return [good('refresh tokens are in no cookie')]
    const { path, sameSite, secure } = refreshCookie
    const words = `${cookiePrefix === '' ? '' : `${cookiePrefix}…, `}Path=${path}, SameSite=${sameSite}${secure ? ', Secure' : ''}`
    return [
      good(
        `${words} fits ${publicUrl} and ${spellCount(corsOrigins.length, 'other origin', 'other origins')}`,
      ),
    ]
  },
}
