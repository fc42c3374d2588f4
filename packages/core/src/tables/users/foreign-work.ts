import { count, desc, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { UNUSABLE_PASSWORD } from '../../words/foreign-hashes/foreign-hash.ts'
import { WORK_PARTS } from '../../words/foreign-hashes/work.ts'
import { users } from './schema.ts'

/** The users whose hashes of another deployment cost the same to check. */
export interface ForeignWork {
  /** As `workOf` names it: `pbkdf2_sha256$1000000`. */
  work: string
  count: number
  /** Stored hashes of some of them: a spoilt one may be among them. */
  samples: string[]
}

/** The formats and costs of one deployment are a few. */
const MAX_WORKS = 64

/**
 * Counts the users with a hash of another deployment, by the work of a check. The most frequent work is first.
 *
 * The index of these users answers. It is empty where nobody was moved in, and once everybody has signed in.
 *
 * @returns the counts, and how many users have no usable password
 */
export async function countForeignWork(db: Database): Promise<{ works: ForeignWork[]; unusable: number }> {
  const work = nameWork()
  const rows = await db
    .select({
      work,
      count: count(),
      samples: sql<string[]>`array[min(${users.passwordHash}), max(${users.passwordHash})]`,
    })
    .from(users)
    .where(sql`${users.passwordHash} not like '$argon2id$%'`)
    .groupBy(sql`1`)
    .orderBy(desc(count()))
    .limit(MAX_WORKS)
  const unusable = rows.find((row) => row.work === UNUSABLE_PASSWORD)?.count ?? 0
  return { works: rows.filter((row) => row.work !== UNUSABLE_PASSWORD), unusable }
}

/** Counts all users. */
export async function countUsers(db: Database): Promise<number> {
  const [row] = await db.select({ count: count() }).from(users)
  return row?.count ?? 0
}

/** Names the work of a hash as `workOf` does. */
function nameWork(): SQL.Aliased<string> {
  const part = (number: number) => sql`split_part(${users.passwordHash}, '$', ${sql.raw(String(number))})`
  const cases = Object.entries(WORK_PARTS).map(
    ([format, parts]) =>
      sql`when ${sql.raw(`'${format}'`)} then concat_ws('$', ${sql.join([1, ...parts].map(part), sql`, `)})`,
  )
  return sql<string>`case when ${users.passwordHash} like '!%' or ${users.passwordHash} = '' then '!'
    else case ${part(1)} ${sql.join(cases, sql` `)} else ${part(1)} end end`.as('work')
}
