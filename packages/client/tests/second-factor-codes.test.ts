import { EVERY_SETTINGS, type OperationDefinition, operations, resolveOperation } from '@latchkey/contract'
import { expect, test } from 'vitest'
import { findEntry } from '../generator/group-operations.ts'
import { SECOND_FACTOR_CODES } from '../generator/second-factor-codes.ts'
import { ERROR_CODES } from '../src/index.ts'
import { MFA_ERROR_CODES } from '../src/mfa/index.ts'

const CONTRACT: [string, OperationDefinition][] = Object.entries(operations)
const refusalsOf = (definition: OperationDefinition) =>
  EVERY_SETTINGS.flatMap((settings) => resolveOperation(definition, settings).refusals)

test.each(
  CONTRACT.filter(([, { client, procedure }]) => findEntry((client ?? procedure).split('.')) !== 'mfa'),
)('%s is refused with no code that only the entry mfa knows', (_name, definition) => {
  const { needs = [] } = definition
  expect(needs).toEqual([])
  expect(refusalsOf(definition).filter((code) => SECOND_FACTOR_CODES.includes(code))).toEqual([])
})

test('the two lists share no code', () => {
  const known: readonly string[] = ERROR_CODES
  expect(MFA_ERROR_CODES.filter((code) => known.includes(code))).toEqual([])
  expect([...MFA_ERROR_CODES].sort()).toEqual([...SECOND_FACTOR_CODES].sort())
})
