import { findFaultOfQueue, RightsError, readRights, spellCount, TABLE_NAMES } from '@latchkey/core'
import { type Check, good, mend, unknown } from './check.ts'

/** Whether the role of the server may use every table of ours, the notes of the migrations and the mail queue. */
export const RIGHTS: Check = {
  name: 'rights',
  examine: async ({ client, preparation }) => {
    const sql = await client()
    const { role, tables, faults } = await readRights(sql, TABLE_NAMES)
    const all = [...faults, (await findFaultOfQueue(sql)) ?? []].flat()
    if (all.length > 0) return all.map(mend)
    // A schema that the role may not use looks as if it had no tables.
    const barred = await preparation().then(noError, (error: unknown) => error)
    if (barred instanceof RightsError) return [mend(barred.message)]
    if (tables === 0) return [unknown('not checked: there are no tables yet')]
    return [good(`${role} may read and write ${spellCount(tables, 'table', 'tables')}`)]
  },
}

function noError(): null {
  return null
}
