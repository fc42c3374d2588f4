import { readRights, TABLE_NAMES } from '@latchkey/core'
import { type Check, good, mend, unknown } from './check.ts'

/** Whether the role of the server may read and write every table of ours. */
export const RIGHTS: Check = {
  name: 'rights',
  examine: async ({ client }) => {
    const { role, tables, fault } = await readRights(await client(), TABLE_NAMES)
    if (fault !== null) return [mend(fault)]
    if (tables === 0) return [unknown('not checked: there are no tables yet')]
    return [good(`${role} may read and write ${tables} tables`)]
  },
}
