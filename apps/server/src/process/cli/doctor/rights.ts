import { findFaultOfQueue, RightsError, readRights, spellCount, TABLE_NAMES } from '@latchkey/core'
import { type Check, good, mend, unknown } from './check.ts'
import { explainSchema } from './exam.ts'

/** Whether the role of the server may use every table of ours, the notes of the migrations and the mail queue. */
export const RIGHTS: Check = {
  name: 'rights',
  examine: async ({ client, preparation }) => {
    const sql = await client()
    const fault = await preparation().then(noFault, (error: unknown) => error)
    const [row] = await sql.unsafe('select current_schema() as name')
    // Without a schema there is no place to look for tables.
    if (row?.name === null) return fault instanceof RightsError ? [mend(fault.message)] : explainSchema(fault)
    const { role, tables, faults } = await readRights(sql, TABLE_NAMES)
    const all = [...faults, await findFaultOfQueue(sql)].filter((sentence) => sentence !== null)
    if (all.length > 0) return all.map(mend)
    // A schema that the role may not use looks as if it had no tables.
    if (fault instanceof RightsError) return [mend(fault.message)]
    if (tables === 0) return [unknown('not checked: there are no tables yet')]
    return [good(`${role} may read and write ${spellCount(tables, 'table', 'tables')}`)]
  },
}

function noFault(): null {
  return null
}
