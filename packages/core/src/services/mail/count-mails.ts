import type { Sender } from '../../database/sender.ts'
import { FAILED_QUEUE, MAIL_QUEUE } from './queue.ts'
import { findQueueSchema } from './queue-schema.ts'

/** The mails of all servers on one database, as numbers. */
export interface MailCounts {
  /** Mails that are not sent yet; at most {@link MOST_COUNTED}. */
  waiting: number
  /** How long the oldest mail has waited since it was due; 0 when none waits. */
  oldestSeconds: number
  /** Mails that were given up on in the last 30 days; at most {@link MOST_COUNTED}. */
  failed: number
}

/** A longer line is not counted to its end, so that the statement stays cheap. */
export const MOST_COUNTED = 10_000

/** Counts the mails in the queue, in one statement. */
export async function countMails(sql: Sender): Promise<MailCounts> {
  const job = `${await findQueueSchema(sql)}.job`
  const [row] = await sql.unsafe(
    `select count(*) filter (where not failed)::int as waiting, count(*) filter (where failed)::int as failed,
      coalesce(extract(epoch from now() - min(due) filter (where not failed and due < now())), 0)::float8 as oldest
    from (
      (select false as failed, case state when 'created' then start_after else created_on end as due
        from ${job} where name = '${MAIL_QUEUE}' and state < 'completed' limit ${MOST_COUNTED})
      union all
      (select true, null::timestamptz from ${job} where name = '${FAILED_QUEUE}' and state < 'completed' limit ${MOST_COUNTED})
    ) as mails`,
  )
  return { waiting: Number(row?.waiting), oldestSeconds: Number(row?.oldest), failed: Number(row?.failed) }
}
