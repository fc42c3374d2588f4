import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../context.ts'
import type { Database, DatabaseOptions, SessionDatabase } from '../database/connection.ts'
import { findLargestKey } from '../tables/imports/judge.ts'
import { countStagedSessions } from '../tables/imports/merge-sessions.ts'
import { findLatestRun, finishRun, insertRun } from '../tables/imports/runs.ts'
import { waitForDisk } from '../tables/imports/session.ts'
import { startExternalIds } from '../tables/users/external-ids.ts'
import { createTally } from './counts.ts'
import { ImportError } from './import-error.ts'
import { findStops, judgeStaged } from './judge.ts'
import { merge } from './merge.ts'
import { withImportSession } from './open-import-session.ts'
import type { ImportOptions } from './options.ts'
import type { Source } from './records.ts'
import { stage } from './stage.ts'

/** What a run has come to. */
export interface ImportOutcome {
  /** Null: nothing was written. */
  id: string | null
  source: string
  counts: Record<string, number>
  /** What the source tells of itself. */
  facts: Record<string, number | string>
  /** The first id that a new user gets for other services; null where they know `users.id`. */
  firstExternalId: string | null
  /** Why the run has stopped before it wrote anything, in sentences. Empty: it has not, or it is a dry run. */
  stops: string[]
}

/** The margin between the largest key of the source and the first key that is given here. */
const KEY_MARGIN = 1000n

type Domain = Pick<Context, 'clock' | 'hasher' | 'secrets' | 'config' | 'providers'>

/**
 * Moves the users and the live sessions of another deployment in. A later run brings over what has changed there since,
 * and what was changed here stays.
 *
 * Everything is read into temporary tables and judged before the first row is written. Interrupted at any moment, it leaves
 * whole ranges, and the next run goes on. The source is closed at the end.
 *
 * @throws {ImportError} when it cannot run as it was asked for
 * @see decision 138
 */
export async function runImport(
  ctx: Domain,
  database: DatabaseOptions,
  source: Source,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const needs = { staging: true, sequence: options.final && !options.dryRun && source.keyType === 'integer' }
  try {
    return await withImportSession(database, needs, (session) => run(ctx, session, source, options))
  } finally {
    await source.close()
  }
}

async function run(
  ctx: Domain,
  session: SessionDatabase,
  source: Source,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const { db } = session
  const tally = createTally(options)
  if (!options.dryRun) await refuseAfterFinal(db, source, options)
  const staged = await stage(session, source, { ctx, options, tally })
  if (staged.users === 0) throw new ImportError('The source has no users, so nothing was moved in.')
  await judgeStaged(db, { source: source.name, options, tally, ctx })
  tally.add('users', staged.users)
  tally.add('sessions', options.withSessions ? await countStagedSessions(db, ctx.clock, source.name) : 0)
  const stops = findStops(tally, options)
  const firstExternalId = source.keyType === 'integer' ? await findFirstKey(db, source.name) : null
  const outcome = {
    ...{ source: source.name, counts: tally.counts, facts: await source.facts() },
    firstExternalId: firstExternalId === null ? null : String(firstExternalId),
  }
  if (options.dryRun || stops.length > 0) return { ...outcome, id: null, stops }
  const id = uuidv7()
  await insertRun(db, ctx.clock, { id, source: source.name, kind: source.kind, final: options.final })
  // A crash of the database may lose the last ranges, and the next run stores them again.
  await waitForDisk(db, false)
  await merge({ ctx, db, source: source.name, options, tally, staged })
  await finish(ctx, db, { id, counts: tally.counts, first: options.final ? firstExternalId : null })
  return { ...outcome, id, stops }
}

/** A run that is not final would close the door to old tokens that the final run has opened. */
async function refuseAfterFinal(
  db: Database,
  source: Source,
  { final }: Pick<ImportOptions, 'final'>,
): Promise<void> {
  const latest = await findLatestRun(db, source.name)
  if (final || !latest?.final) return
  throw new ImportError(
    `The last run of ${source.name} was final, so clients may use this server by now. Add --final, or take the import back with: latchkey import undo ${latest.id}`,
  )
}

async function findFirstKey(db: Database, source: string): Promise<bigint | null> {
  const largest = await findLargestKey(db, source)
  return largest === null ? null : BigInt(largest) + KEY_MARGIN
}

/** The commit of the last transaction is on the disk, and with it all earlier ones. */
async function finish(
  ctx: Domain,
  db: Database,
  { id, counts, first }: { id: string; counts: Record<string, number>; first: bigint | null },
): Promise<void> {
  await waitForDisk(db, true)
  await db.transaction(async (tx) => {
    if (first !== null) await startExternalIds(tx, first)
    await finishRun(tx, ctx.clock, { id, counts })
  })
}
