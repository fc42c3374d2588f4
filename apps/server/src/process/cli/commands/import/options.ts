import type { ImportOptions } from '@latchkey/core/imports/options'
import type { Command, Given } from '../../command.ts'
import { readDuration } from '../../read-duration.ts'
import { UsageError } from '../../usage-error.ts'

/** The options that every source has. */
export const IMPORT_OPTIONS: Command['options'] = {
  'dry-run': {
    type: 'boolean',
    help: 'Read and judge everything, tell what would happen, and write nothing.',
  },
  final: {
    type: 'boolean',
    help: 'The last import, after the source has stopped: deactivate who is gone there, and let its tokens count here.',
  },
  report: { type: 'string', help: 'A file for one JSON line about each case; only its owner may read it.' },
  source: { type: 'string', help: 'The name of the source, where it may not follow from its address.' },
  unverified: {
    type: 'string',
    help: 'account or pending: what users without a proven address become; by EMAIL_VERIFICATION when left out.',
  },
  mfa: { type: 'string', help: 'keep, drop or stop: what happens with second factors; keep when left out.' },
  weak: {
    type: 'string',
    help: 'stop, wrap or reset: what happens with hashes that are guessed fast; stop when left out.',
  },
  adopt: {
    type: 'boolean',
    help: 'Tie users to those here who have the same address, proven on both sides.',
  },
  'replace-unproven': {
    type: 'boolean',
    help: 'Delete users here who never proved the address that a user of the source has proven.',
  },
  'accept-duplicates': { type: 'boolean', help: 'Leave out users who share an address with another one.' },
  'accept-missing': {
    type: 'boolean',
    help: 'Let a final run deactivate more than a tenth of the users that were moved in before.',
  },
  'accept-taken': { type: 'boolean', help: 'Leave out users whose address or id another user has here.' },
}

/** The options of a source whose sessions go on here. */
export const SESSION_OPTIONS: Command['options'] = {
  'no-sessions': { type: 'boolean', help: 'Move no sessions in.' },
  'refresh-lifetime': {
    type: 'string',
    help: 'How long refresh tokens of the source live; 90d when left out.',
  },
}

const UNVERIFIED = ['account', 'pending'] as const
const MFA = ['keep', 'drop', 'stop'] as const
const WEAK = ['stop', 'wrap', 'reset'] as const
const DEFAULT_LIFETIME = '90d'
/** A name is a part of every id that follows from a key. */
const SOURCE_MAX_CHARACTERS = 200

/** What a command line says about an import. */
export interface GivenImport {
  /** Without `unverified`, where the settings of the server decide. */
  options: Omit<ImportOptions, 'unverified' | 'onCase' | 'onProgress'> & {
    unverified: ImportOptions['unverified'] | null
  }
  /** The name of the source; null: the source names itself. */
  source: string | null
  /** The path of the report; null for none. */
  report: string | null
}

/** @throws {UsageError} naming the option and its choices */
export function readImportOptions({ options: given }: Given): GivenImport {
  const { source = null, report = null } = given
  if (source !== null && (source === '' || String(source).length > SOURCE_MAX_CHARACTERS)) {
    throw new UsageError(`--source takes a name of 1 to ${SOURCE_MAX_CHARACTERS} characters.`)
  }
  if (report === '') throw new UsageError('--report takes the path of a file.')
  return {
    options: {
      dryRun: given['dry-run'] === true,
      final: given.final === true,
      withSessions: given['no-sessions'] !== true,
      refreshLifetimeSeconds: readDuration(
        'refresh-lifetime',
        String(given['refresh-lifetime'] ?? DEFAULT_LIFETIME),
        {
          minSeconds: 1,
        },
      ),
      unverified: given.unverified === undefined ? null : choose('unverified', UNVERIFIED, given.unverified),
      mfa: choose('mfa', MFA, given.mfa ?? 'keep'),
      weak: choose('weak', WEAK, given.weak ?? 'stop'),
      adopt: given.adopt === true,
      replaceUnproven: given['replace-unproven'] === true,
      acceptDuplicates: given['accept-duplicates'] === true,
      acceptTaken: given['accept-taken'] === true,
      acceptMissing: given['accept-missing'] === true,
    },
    source: source === null ? null : String(source),
    report: report === null ? null : String(report),
  }
}

function choose<Choice extends string>(
  option: string,
  choices: readonly Choice[],
  given: string | boolean,
): Choice {
  const found = choices.find((choice) => choice === given)
  if (found !== undefined) return found
  throw new UsageError(`--${option} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`)
}
