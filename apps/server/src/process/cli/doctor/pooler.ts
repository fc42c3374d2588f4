import { isSocket, readDatabaseUrl } from '@latchkey/core'
import { type Check, good, look } from './check.ts'

/** The backend began this long before the connection: another client used it before. */
const REUSED_SECONDS = 30

const FIND_SIGNS = `
  select inet_server_port() as port,
    extract(epoch from clock_timestamp() - backend_start)::float as "ageSeconds"
  from pg_stat_activity where pid = pg_backend_pid()`

/**
 * Whether `DATABASE_PREPARE` fits what stands before PostgreSQL.
 *
 * A transaction pooler that refuses our settings is told by the check of the database. Here a connection stands.
 */
export const POOLER: Check = {
  name: 'pooler',
  examine: async ({ config, client }) => {
    const { databaseUrl, databasePrepare } = config()
    const [row] = await (await client()).unsafe(FIND_SIGNS)
    if (databaseUrl === null) return [good('none')]
    const [first] = readDatabaseUrl(databaseUrl).hosts
    const isOtherPort = first !== undefined && !isSocket(first) && row?.port !== first.port
    const isSeen = isOtherPort || Number(row?.ageSeconds) > REUSED_SECONDS
    if (databasePrepare) {
      return [good('DATABASE_PREPARE=true works: no pooler in transaction mode refuses the connection')]
    }
    if (isSeen) return [good('DATABASE_PREPARE=false fits: something stands before PostgreSQL')]
    return [look('DATABASE_PREPARE=false, and no pooler is seen; without one, remove that setting')]
  },
}
