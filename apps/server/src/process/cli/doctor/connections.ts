import { type Check, good, look } from './check.ts'

const FIND_LIMITS = `
  select rolname as role, rolconnlimit as "ofRole", datname as database, datconnlimit as "ofDatabase",
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as "ofServer"
  from pg_roles, pg_database where rolname = current_user and datname = current_database()`

/** Whether PostgreSQL lets one server have the connections of its pool. */
export const CONNECTIONS: Check = {
  name: 'connections',
  examine: async ({ config, client }) => {
    const { databasePoolSize } = config()
    const [row] = await (await client()).unsafe(FIND_LIMITS)
    const limits: [string, number][] = [
      [`the role ${row?.role}`, Number(row?.ofRole)],
      [`the database ${row?.database}`, Number(row?.ofDatabase)],
      ['the server', Number(row?.ofServer)],
    ]
    // PostgreSQL says -1 for no limit.
    const low = limits.filter(([, limit]) => limit >= 0 && limit < databasePoolSize)
    const told = `DATABASE_POOL_SIZE is ${databasePoolSize}`
    if (low.length === 0) return [good(`${told} for each process, at most ${row?.ofServer} for all together`)]
    return low.map(([whose, limit]) =>
      look(`${told}, but the limit of ${whose} is ${limit}; raise the limit or lower DATABASE_POOL_SIZE`),
    )
  },
}
