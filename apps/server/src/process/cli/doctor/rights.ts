import { TABLE_NAMES } from '@latchkey/core'
import { type Check, good, mend, unknown } from './check.ts'

const OURS = TABLE_NAMES.map((name) => `'${name}'`).join(', ')

const FIND_RIGHTS = `
  select c.relname as table, quote_ident(n.nspname) as schema, quote_ident(current_user) as role,
    array_to_string(array(
      select wanted from unnest(array['select', 'insert', 'update', 'delete']) as wanted
      where not has_table_privilege(c.oid, wanted)), ', ') as missing
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and c.relkind = 'r' and c.relname in (${OURS}) order by 1`

/** Whether the role of the server may read and write every table of ours. */
export const RIGHTS: Check = {
  name: 'rights',
  examine: async ({ client }) => {
    const rows = await (await client()).unsafe(FIND_RIGHTS)
    if (rows.length === 0) return [unknown('not checked: there are no tables yet')]
    const lacking = rows.filter(({ missing }) => missing !== '')
    const [first] = lacking
    if (!first) return [good(`${rows[0]?.role} may read and write ${rows.length} tables`)]
    const tables = lacking.map(({ table }) => table).join(', ')
    const { schema, role, missing } = first
    return [
      mend(
        `${role} may not ${missing} on ${tables}; grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
      ),
    ]
  },
}
