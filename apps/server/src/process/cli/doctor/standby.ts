import { type Check, good, mend, unknown } from './check.ts'

const FIND_STANDBYS = `
  select current_setting('synchronous_standby_names') as names,
    pg_has_role(current_user, 'pg_monitor', 'member') as "isTold",
    (select count(*)::int from pg_stat_replication where sync_state in ('sync', 'quorum')) as connected`

/** A synchronous standby that is away holds up every write. */
export const STANDBY: Check = {
  name: 'standby',
  examine: async ({ client }) => {
    const [row] = await (await client()).unsafe(FIND_STANDBYS)
    if (row?.names === '') return [good('no commit waits for a standby')]
    if (Number(row?.connected) > 0) return [good(`commits wait for ${row?.names}, which is connected`)]
    if (!row?.isTold)
      return [unknown('not checked: this role may not see the standbys; grant pg_monitor to it')]
    return [
      mend(
        `synchronous_standby_names is ${row.names}, and none is connected: every write waits; connect one, or name none`,
      ),
    ]
  },
}
