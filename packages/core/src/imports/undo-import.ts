import type { DatabaseOptions } from '../database/connection.ts'
import { retryContended } from '../database/transaction.ts'
import { eraseClients } from '../tables/audit-events/statements.ts'
import { findRun, reopenRuns } from '../tables/imports/runs.ts'
import { forgetSessions, undoPage } from '../tables/imports/undo.ts'
import { isId } from '../words/ids.ts'
import { ImportError } from './import-error.ts'
import { withImportSession } from './open-import-session.ts'
import type { ImportOptions } from './options.ts'

const PAGE = 1000

/** What an undo has come to. */
export interface Undone {
  source: string
  deleted: number
  /** The users that stay, because something of them was used or changed here. */
  kept: number
}

/**
 * Deletes the users of an import that are untouched here: nobody has signed in, no column has changed, and no session
 * has gone on. Other users stay and are told one by one. All runs of the same source are taken back together, and old
 * tokens count no more.
 *
 * @throws {ImportError} when there is no such import
 */
export async function undoImport(
  database: DatabaseOptions,
  id: string,
  { onCase, onProgress }: Pick<ImportOptions, 'onCase' | 'onProgress'> = {},
): Promise<Undone> {
  return withImportSession(database, { staging: false, sequence: false }, async ({ db }) => {
    const run = isId(id) ? await findRun(db, id) : null
    if (!run) throw new ImportError(`There is no import ${id}. latchkey import status lists them.`)
    const { source } = run
    const undone = { source, deleted: 0, kept: 0 }
    await reopenRuns(db, source)
    for (let after = '', done = 0; ; ) {
      const page = await retryContended(() =>
        db.transaction(async (tx) => {
          const taken = await undoPage(tx, { source, after, limit: PAGE })
          await eraseClients(tx, taken.deleted)
          return taken
        }),
      )
      if (page.examined === 0) {
        await forgetSessions(db, source)
        return undone
      }
      undone.deleted += page.deleted.length
      undone.kept += page.kept.length
      for (const kept of page.kept) await onCase?.(kept)
      after = page.last
      done += page.examined
      onProgress?.({ step: 'users', done, total: 0 })
    }
  })
}
