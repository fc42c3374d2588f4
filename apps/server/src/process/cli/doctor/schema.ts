import { readPreparation, SchemaError } from '@latchkey/core'
import { type Check, type Finding, good, look, mend } from './check.ts'

/** The tables and the mail queue: what waits, and whether a newer release has made them. */
export const SCHEMA: Check = {
  name: 'schema',
  examine: async ({ config, reached }) => {
    const { migrateOnStart } = config()
    const { client, options } = await reached()
    const [row] = await client.unsafe('select current_schema() as name')
    try {
      const { waiting, unknown } = await readPreparation(options)
      return [judgeWaiting(`in the schema ${row?.name}`, waiting, migrateOnStart), ...describeNewer(unknown)]
    } catch (error) {
      if (error instanceof SchemaError) return [mend(error.message)]
      throw error
    }
  },
}

function judgeWaiting(place: string, waiting: string[], migratesOnStart: boolean): Finding {
  if (waiting.length === 0) return good(`the tables ${place} and the mail queue are up to date`)
  const told = `${place} wait: ${waiting.join(', ')}`
  if (migratesOnStart) return look(`${told}; the next start brings them, or latchkey migrate`)
  return mend(`${told}, and MIGRATE_ON_START is false; run latchkey migrate with the role of the owner`)
}

function describeNewer(unknown: string[]): Finding[] {
  if (unknown.length === 0) return []
  return [look(`a newer release has made ${unknown.join(', ')}; update this one soon`)]
}
