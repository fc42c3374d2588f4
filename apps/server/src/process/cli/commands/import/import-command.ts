import type { Context } from '@latchkey/core'
import type { ImportCase, ImportOptions } from '@latchkey/core/imports/options'
import type { Source } from '@latchkey/core/imports/records'
import { runImport } from '@latchkey/core/imports/run-import'
import type { Config } from '../../../config/index.ts'
import type { Command, Domain, Given } from '../../command.ts'
import { describeOutcome } from './describe-outcome.ts'
import { type GivenImport, IMPORT_OPTIONS, readImportOptions } from './options.ts'
import { withReport } from './report-file.ts'
import { showImport } from './show-import.ts'
import { spareMemory } from './spare-memory.ts'

/** What a source gets when it is opened. */
export interface OpeningSource {
  /** The settings of the server. */
  config: Config
  ctx: Context
  /** The name that the operator gave; null: the source names itself. */
  source: string | null
  /** Hears what the source finds beside its users, such as a line that cannot be read. */
  onCase: (found: ImportCase) => Promise<void>
}

/** Opens a source. It is called before anything of ours is opened for writing. */
export type OpenSource = (opening: OpeningSource) => Promise<Source>

/** A command that moves users in. */
interface ImportCommand extends Omit<Command, 'plan'> {
  /**
   * Checks the options of the source itself.
   *
   * @throws {UsageError} in a sentence about the mistake
   */
  plan: (given: Given) => OpenSource
}

/** Makes the command of a source: with the options that all sources have, the progress, the report and the answer. */
export function importCommand({ plan, ...command }: ImportCommand): Command {
  return {
    ...command,
    options: { ...command.options, ...IMPORT_OPTIONS },
    plan: (given) => {
      const shared = readImportOptions(given)
      const open = plan(given)
      return async (run) => {
        spareMemory()
        return work(await run.open(), run.config, { shared, open })
      }
    },
  }
}

async function work(
  { ctx, database }: Domain,
  config: Config,
  { shared: given, open }: { shared: GivenImport; open: OpenSource },
) {
  return withReport(given.report, async (onCase) => {
    const options: ImportOptions = {
      ...given.options,
      unverified:
        given.options.unverified ?? (ctx.config.emailVerification === 'mandatory' ? 'pending' : 'account'),
      onCase,
      onProgress: showImport(),
    }
    const source = await open({ config, ctx, source: given.source, onCase })
    const outcome = await runImport(ctx, database, source, options)
    return describeOutcome(outcome, { final: options.final, hasTokens: source.kind === 'django' })
  })
}
