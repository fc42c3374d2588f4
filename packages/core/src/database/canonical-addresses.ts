import { type SQL, sql } from 'drizzle-orm'
import { isKnownAddress, normalizeEmail } from '../words/email.ts'
import type { Database } from './connection.ts'
import type { Effect } from './lock-levels.ts'
import { findSqlState } from './transaction.ts'

/** The migration with which {@link canonicalizeAddresses} runs. */
export const CANONICAL_ADDRESSES = '0005_canonical_addresses'
/** What {@link canonicalizeAddresses} does to tables: it reads all rows, and writes few. */
export const CANONICAL_EFFECTS: readonly Effect[] = ['users', 'pending_registrations', 'capabilities'].map(
  (table) => ({ table, lock: 'ROW EXCLUSIVE', work: 'scan' }),
)
/** A former server that still runs stores its own spelling, so the step is repeated for the time of a rolling update. */
const ROLLING_UPDATE = sql.raw("interval '2 days'")
/** Every other address has been in its one form since the first release. */
const MAY_DIFFER = sql.raw("(octet_length(email) <> char_length(email) or position('xn--' in email) > 0)")
const UNIQUE_VIOLATION = '23505'

const NO_MAILBOX =
  'has an address that stands for no mailbox (an invisible or unassigned character, or a broken domain)'

interface Stored {
  id: string
  email: string
  /** The one form of the address. It is no address when there is none. */
  canonical: string
}

/**
 * Writes every stored address in the form that `normalizeEmail` gives it: its domain as A-labels.
 *
 * Two users whose addresses become the same stay as they are, and so does a user whose address has no such form. Both
 * are reported by their ids: which user keeps a mailbox is for the operator to decide. It may run again at any time, and
 * beside servers that write.
 *
 * @param report - hears one sentence for each user that stays, and how many changed
 */
export async function canonicalizeAddresses(tx: Database, report: (sentence: string) => void): Promise<void> {
  const rows = await tx.execute<{ id: string; email: string }>(
    // The order of the ids is the order of all locks of users.
    sql`select id, email from users where ${MAY_DIFFER} order by id`,
  )
  const read = rows.map((row) => ({ ...row, canonical: normalizeEmail(row.email) }))
  const bySpelling = Map.groupBy(read, ({ canonical }) => canonical)
  let changed = 0
  for (const user of read) {
    const fault = isKnownAddress(user.canonical) ? await respell(tx, user, bySpelling) : NO_MAILBOX
    if (fault === 'changed') changed++
    else if (fault !== null) report(describeLeft(user.id, fault))
  }
  await respellLinks(tx)
  if (changed > 0) report(`Addresses whose domain is written as its A-labels now: ${changed}.`)
}

function describeLeft(id: string, fault: string): string {
  return `The account ${id} ${fault}. It was left as it is: latchkey user show ${id}, then user set-email or user delete.`
}

/**
 * Respells one user.
 *
 * @returns `changed`; null when there was nothing to change; else why the user stays as it is
 */
async function respell(
  tx: Database,
  user: Stored,
  bySpelling: ReadonlyMap<string, Stored[]>,
): Promise<string | null> {
  const { id, email, canonical } = user
  if (email === canonical) return null
  const others = (bySpelling.get(canonical) ?? []).flatMap((other) => (other.id === id ? [] : [other.id]))
  const outcome = others.length > 0 ? 'taken' : await tryToRespell(tx, user)
  if (outcome !== 'taken') return outcome
  const holders = await tx.execute<{ id: string }>(
    sql`select id from users where email = ${canonical} and id <> ${id}`,
  )
  const ids = new Set([...others, ...holders.map((holder) => holder.id)])
  return `has the mailbox of ${[...ids].join(', ')} in another spelling`
}

/** One statement decides. A sign-up may take the address between its snapshot and its write. */
async function tryToRespell(tx: Database, { id, email, canonical }: Stored) {
  try {
    return await tx.transaction(async (savepoint) => {
      const respelt = await savepoint.execute(
        sql`update users set email = ${canonical} where id = ${id} and email = ${email} returning id`,
      )
      return respelt.length > 0 ? 'changed' : null
    })
  } catch (error) {
    if (findSqlState(error) === UNIQUE_VIOLATION) return 'taken'
    throw error
  }
}

/** Links and sign-ups follow. Those for an address that no longer exists are deleted: nobody can ask for them again. */
async function respellLinks(tx: Database): Promise<void> {
  for (const { email, canonical } of await listSpellings(tx, sql`pending_registrations`)) {
    if (canonical === null) await tx.execute(sql`delete from pending_registrations where email = ${email}`)
    else await tx.execute(sql`update pending_registrations set email = ${canonical} where email = ${email}`)
  }
  // A link that verifies the address of a user has the spelling of its user, also of a user that stays as it is.
  const ofUser = sql`purpose = 'verify_email' and exists
    (select from users where users.id = capabilities.user_id and users.email = capabilities.email)`
  for (const { email, canonical } of await listSpellings(tx, sql`capabilities`)) {
    const wrong = sql`email = ${email} and not (${ofUser})`
    if (canonical !== null) await tx.execute(sql`update capabilities set email = ${canonical} where ${wrong}`)
    else await tx.execute(sql`delete from capabilities where ${wrong} and purpose = 'change_email'`)
  }
}

async function listSpellings(tx: Database, table: SQL) {
  const rows = await tx.execute<{ email: string }>(
    sql`select distinct email from ${table} where ${MAY_DIFFER}`,
  )
  const read = rows.map(({ email }) => ({ email, canonical: normalizeEmail(email) }))
  return read
    .filter(({ email, canonical }) => email !== canonical || !isKnownAddress(email))
    .map(({ email, canonical }) => ({ email, canonical: isKnownAddress(canonical) ? canonical : null }))
}

/** Repeats {@link canonicalizeAddresses} for two days after its migration. Later it costs one statement on one row. */
export async function respellLateAddresses(db: Database, report: (sentence: string) => void): Promise<void> {
  const noted = await db.execute(sql`
    select from latchkey_migrations where name = ${CANONICAL_ADDRESSES} and noted_at > now() - ${ROLLING_UPDATE}`)
  if (noted.length > 0) await db.transaction((tx) => canonicalizeAddresses(tx, report))
}
