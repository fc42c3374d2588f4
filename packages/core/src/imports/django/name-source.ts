import type { Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'
import type { DjangoTables } from './find-tables.ts'
import type { DjangoOptions } from './options.ts'

/**
 * Names a deployment by its database cluster, its database and its table of users. A restored dump has another cluster,
 * and so another name.
 *
 * @throws {SourceError} the role may not ask for the identifier of the cluster
 */
export async function nameSource(
  snapshot: Snapshot,
  { users }: DjangoTables,
  { source }: DjangoOptions,
): Promise<string> {
  if (source !== undefined) return source
  const [right] = await snapshot.read<{ mayAsk: boolean }>(
    `select has_function_privilege('pg_catalog.pg_control_system()', 'execute') as "mayAsk"`,
  )
  if (!right?.mayAsk) {
    throw new SourceError(
      'The role may not ask the database for its identifier (pg_control_system). Name the deployment with --source, the same name in each run.',
    )
  }
  const [cluster] = await snapshot.read<{ id: string; database: string }>(
    `select system_identifier::text as id, current_database() as database from pg_catalog.pg_control_system()`,
  )
  return `django:${cluster?.id}/${cluster?.database}/${users.quoted}`
}
