import {
  describeMissing,
  type Preparation,
  RightsError,
  readRights,
  SchemaError,
  TABLE_NAMES,
} from '@latchkey/core'
import { type Check, type Finding, good, look, mend } from './check.ts'
import { explainSchema } from './exam.ts'

/** The tables and the mail queue: what waits, what is lost, and whether a newer release has made them. */
export const SCHEMA: Check = {
  name: 'schema',
  examine: async ({ config, client, preparation }) => {
    const { migrateOnStart } = config()
    const sql = await client()
    const [row] = await sql.unsafe('select current_schema() as name')
    try {
      const state = await preparation()
      const { missing } = await readRights(sql, TABLE_NAMES)
      if (state.waiting.length === 0 && missing.length > 0) return [mend(await describeMissing(sql, missing))]
      return [judgeWaiting(`in the schema ${row?.name}`, state, migrateOnStart), ...describeNewer(state)]
    } catch (error) {
      if (error instanceof RightsError) return explainSchema(error)
      if (error instanceof SchemaError) return [mend(error.message)]
      throw error
    }
  },
}

function judgeWaiting(place: string, { isEmpty, waiting }: Preparation, migratesOnStart: boolean): Finding {
  if (waiting.length === 0) return good(`the tables ${place} and the mail queue are up to date`)
  const told = isEmpty
    ? `there are no tables of Latchkey ${place} yet`
    : `${place} wait: ${waiting.join(', ')}`
  if (migratesOnStart) return look(`${told}; the next start makes them, or latchkey migrate`)
  return mend(`${told}, and MIGRATE_ON_START is false; run latchkey migrate with the role of the owner`)
}

function describeNewer({ unknown }: Preparation): Finding[] {
  if (unknown.length === 0) return []
  return [look(`a newer release has made ${unknown.join(', ')}; update this one soon`)]
}
