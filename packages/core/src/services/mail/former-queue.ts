import type { Sender } from '../../database/sender.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { Complaint } from './queue.ts'
import { findQueueSchema } from './queue-schema.ts'
import { listSeals } from './sealed-mail.ts'

/** The first release queued its mail here, in the default schema of the library, where any application may queue. */
const FORMER_JOBS = 'pgboss.job'
/** A server of the first release may still run and queue mail, until a rolling update has ended. */
const PAUSE_MILLISECONDS = MINUTE_SECONDS * 1000

/** The columns of a job that are kept. */
const COLUMNS = [
  ...['id', 'name', 'priority', 'data', 'retry_limit', 'retry_count', 'retry_delay', 'retry_backoff'],
  ...['retry_delay_max', 'expire_seconds', 'deletion_seconds', 'start_after', 'created_on', 'keep_until'],
  ...[
    'output',
    'dead_letter',
    'policy',
    'heartbeat_seconds',
    'source_name',
    'source_id',
    'source_created_on',
  ],
  ...['source_retry_count', 'source_output', 'source_root_id'],
]

interface Move {
  sql: Sender
  /** They tell our mail from the jobs of another application. */
  keys: DerivedKeys
}

/**
 * Moves the mail of the first release into our own queue, now and once a minute.
 *
 * @returns a function that stops it
 */
export async function startMovingFormerMails(options: Move & { complain: Complaint }): Promise<() => void> {
  const move = async () => void (await moveFormerMails(options).catch(options.complain))
  await move()
  const timer = setInterval(move, PAUSE_MILLISECONDS).unref()
  return () => clearInterval(timer)
}

/**
 * Moves every waiting and every failed mail that was sealed under one of our keys. A mail that a worker of the first
 * release is sending stays with that worker, unless the worker died. Jobs of other applications are not touched.
 *
 * @returns how many mails were moved
 */
export async function moveFormerMails({ sql, keys }: Move): Promise<number> {
  if (!(await mayMove(sql))) return 0
  const schema = await findQueueSchema(sql)
  const columns = COLUMNS.join(', ')
  const moved = await sql.unsafe(
    `with ours as (
      select name, id from ${FORMER_JOBS} as job
      where name in ('mail', 'mail-failed')
        and exists (select from jsonb_array_elements_text($1::text::jsonb) seal where starts_with(data->>'sealed', seal))
        and (state < 'active' or (state = 'active' and coalesce(heartbeat_on, started_on) < now() - interval '2 minutes'))
      for update skip locked
    ), moved as (
      delete from ${FORMER_JOBS} as job using ours where job.name = ours.name and job.id = ours.id returning job.*
    )
    insert into ${schema}.job (${columns}, state)
    select ${columns}, (case when retry_count > 0 then 'retry' else 'created' end)::${schema}.job_state from moved
    returning id`,
    [JSON.stringify(listSeals(keys)) as never],
  )
  return moved.length
}

/** Looks into the catalog, because the queue of another application may be closed to this role, or of another version. */
async function mayMove(sql: Sender): Promise<boolean> {
  const [row] = await sql.unsafe(`
    select count(*)::int as columns from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where n.nspname = 'pgboss' and c.relname = 'job' and has_schema_privilege(n.oid, 'USAGE')
      and has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'UPDATE')
      and has_table_privilege(c.oid, 'DELETE') and a.attname in (${COLUMNS.map((name) => `'${name}'`).join(', ')})`)
  return row?.columns === COLUMNS.length
}
