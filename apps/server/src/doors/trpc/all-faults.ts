import type { FieldErrors } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import type { TRPCError } from '@trpc/server'
import { collectFieldErrors } from '../refusals.ts'
import { fromWire, toWireFields } from '../translate.ts'
import { findRefusedInput } from './read-once.ts'

/**
 * Adds the faults of the well-formed fields to those of the malformed ones, so that all failing fields are named.
 *
 * @param result - the result of the procedure; only a refusal of malformed fields is changed
 * @param find - finds faults of the well-formed fields
 * @throws {DomainError} `invalid` - with the faults of all fields
 */
export async function tellAllFaults<Result extends { ok: true } | { ok: false; error: TRPCError }>(
  result: Result,
  find: (wellFormed: Record<string, unknown>) => Promise<FieldErrors>,
): Promise<Result> {
  if (result.ok || result.error.code !== 'BAD_REQUEST') return result
  const refused = findRefusedInput(result.error.cause ?? result.error)
  if (!refused) return result
  const found = await find(fromWire(refused.wellFormed))
  const fields = { ...toWireFields(found), ...collectFieldErrors(refused.error) }
  throw new DomainError('invalid', { fields })
}
