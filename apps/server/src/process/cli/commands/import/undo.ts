import { isId } from '@latchkey/contract/ids'
import { spellCount } from '@latchkey/core'
import { undoImport } from '@latchkey/core/imports/undo-import'
import type { Command, Domain, Given } from '../../command.ts'
import { confirm, requireTerminalOr } from '../../confirm.ts'
import { UsageError } from '../../usage-error.ts'
import { IMPORT_OPTIONS } from './options.ts'
import { withReport } from './report-file.ts'
import { showImport } from './show-import.ts'

const { report: REPORT } = IMPORT_OPTIONS

export const IMPORT_UNDO: Command = {
  name: 'import undo',
  summary: 'Delete the users of the source of an import, except those who were used or changed here',
  usage: '<import> [--yes] [--report <file>]',
  options: {
    yes: { type: 'boolean', help: 'Do not ask.' },
    ...(REPORT && { report: REPORT }),
  },
  words: { min: 1, max: 1 },
  plan: ({ words, options }: Given) => {
    const id = readImportId(words[0])
    const yes = options.yes === true
    const path = options.report === undefined ? null : String(options.report)
    requireTerminalOr(yes, 'import undo')
    return async (run) => undo(await run.open(), { id, yes, path })
  },
}

async function undo(
  { database }: Domain,
  { id, yes, path }: { id: string; yes: boolean; path: string | null },
) {
  const question = `Delete every user that came from the source of ${id} and that nobody has used here?`
  if (!yes && !(await confirm(question))) throw new Error('Nothing was deleted.')
  return withReport(path, async (onCase) => {
    const undone = await undoImport(database, id, { onCase, onProgress: showImport() })
    const { source, deleted, kept } = undone
    const text = `Deleted ${spellCount(deleted, 'user', 'users')} of ${source}. ${describeKept(kept)} Old tokens are refused.`
    return { text, data: undone }
  })
}

function describeKept(kept: number): string {
  const words = spellCount(kept, 'user stays, because it was', 'users stay, because they were')
  return `${words} used or changed here.`
}

function readImportId(word = ''): string {
  if (isId(word)) return word
  throw new UsageError(`"${word}" is not the id of an import; latchkey import status lists them.`)
}
