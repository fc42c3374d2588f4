import { findSessionFaults } from '@latchkey/core'
import { type Check, good, mend } from './check.ts'

/** Encoding, styles, time zone, timeouts, read-only: what the role, the database or a pooler has set. */
export const SESSION: Check = {
  name: 'session',
  examine: async ({ client }) => {
    const faults = await findSessionFaults(await client())
    if (faults.length > 0) return faults.map(mend)
    return [good('UTF-8; it takes writes; styles, time zone and timeouts fit')]
  },
}
