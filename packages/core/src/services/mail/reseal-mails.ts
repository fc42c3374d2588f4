import type { Sender } from '../../database/sender.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { nameSeal, SEAL_CHARACTERS } from '../keys/name-seal.ts'
import { QUEUES } from './queue.ts'
import { findQueueSchema } from './queue-schema.ts'
import { openMail, sealMail } from './sealed-mail.ts'

const PAGE = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** The mails that are not settled, and whose seal is not `$1`. Failed mails wait in a queue of their own. */
const OUTDATED = `name in (${QUEUES.map((name) => `'${name}'`).join(', ')})
  and state in ('created', 'retry', 'active') and left(data->>'sealed', ${SEAL_CHARACTERS}) <> $1::text`

/** Counts the mails of the queue that another secret than the present one has sealed. */
export async function countOutdatedMails(sql: Sender, keys: DerivedKeys): Promise<number> {
  const schema = await findQueueSchema(sql)
  const text = `select count(*)::int as count from ${schema}.job where ${OUTDATED}`
  const [row] = await sql.unsafe(text, [nameSeal(keys.current.kid)])
  return Number(row?.count)
}

/**
 * Seals mails of the queue under the present secret. One statement decides for each: a mail that was settled or changed
 * meanwhile stays as it is. A mail that no accepted secret opens is left out.
 *
 * @returns how many were sealed anew
 */
export async function resealMails(sql: Sender, keys: DerivedKeys, onEach: () => void): Promise<number> {
  const schema = await findQueueSchema(sql)
  let after = FIRST_ID
  let count = 0
  for (;;) {
    const page = await sql.unsafe(
      `select name, id, data->>'sealed' as sealed from ${schema}.job
      where ${OUTDATED} and id > $2::uuid order by id limit ${PAGE}`,
      [nameSeal(keys.current.kid), after],
    )
    for (const { name, id, sealed } of page) {
      const mail = await openMail(String(sealed), keys).catch(() => null)
      if (mail === null) continue
      const changed = await sql.unsafe(
        `update ${schema}.job set data = jsonb_set(data, '{sealed}', to_jsonb($1::text))
        where name = $2::text and id = $3::uuid and data->>'sealed' = $4::text returning id`,
        [await sealMail(mail, keys), String(name), String(id), String(sealed)],
      )
      count += changed.length
      onEach()
    }
    const last = page.at(-1)
    if (!last) return count
    after = String(last.id)
  }
}
