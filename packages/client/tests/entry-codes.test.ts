import { EVERY_SETTINGS, type OperationDefinition, operations, resolveOperation } from '@latchkey/contract'
import { expect, test } from 'vitest'
import { listSocialCodes, SOCIAL_CODES } from '../generator/entry-codes.ts'
import { findEntry } from '../generator/group-operations.ts'
import { SECOND_FACTOR_CODES } from '../generator/second-factor-codes.ts'
import { ERROR_CODES } from '../src/index.ts'
import { MFA_ERROR_CODES } from '../src/mfa/index.ts'
import { SOCIAL_ERROR_CODES } from '../src/social/index.ts'

const CONTRACT: [string, OperationDefinition][] = Object.entries(operations)
const entryOf = ({ client, procedure }: OperationDefinition) => findEntry((client ?? procedure).split('.'))
const refusalsOf = (definition: OperationDefinition) =>
  EVERY_SETTINGS.flatMap((settings) => resolveOperation(definition, settings).refusals)

/** The codes that a caller of the operations of an entry cannot tell from an answer of somebody else. */
const STRANGE = new Map<string | null, readonly string[]>([
  ['mfa', SOCIAL_CODES],
  ['social', SECOND_FACTOR_CODES.filter((code) => !listSocialCodes().includes(code))],
])

test.each(CONTRACT)('%s is refused with no code that its entry does not know', (_name, definition) => {
  const entry = entryOf(definition)
  const strange = STRANGE.get(entry) ?? [...SECOND_FACTOR_CODES, ...SOCIAL_CODES]
  expect(refusalsOf(definition).filter((code) => strange.includes(code))).toEqual([])
  if (entry !== 'mfa') expect(definition.needs ?? []).toEqual([])
})

test('the main entry shares no code with another', () => {
  const known: readonly string[] = ERROR_CODES
  expect([...MFA_ERROR_CODES, ...SOCIAL_ERROR_CODES].filter((code) => known.includes(code))).toEqual([])
  expect([...MFA_ERROR_CODES].sort()).toEqual([...SECOND_FACTOR_CODES].sort())
  expect([...SOCIAL_ERROR_CODES].sort()).toEqual([...listSocialCodes()].sort())
})
