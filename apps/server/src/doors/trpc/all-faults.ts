import type { FieldErrors } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import type { TRPCError } from '@trpc/server'
import { ZodError, z } from 'zod'
import { collectFieldErrors } from '../refusals.ts'
import { fromWire, toWireFields } from '../translate.ts'

const RECORD = z.record(z.string(), z.unknown())

interface Completion {
  shape: z.ZodRawShape
  getRawInput: () => Promise<unknown>
  /** Finds faults of the well-formed fields. */
  find: (wellFormed: Record<string, unknown>) => Promise<FieldErrors>
}

/**
 * Adds the faults of the well-formed fields to those of the malformed ones, so that all failing fields are named.
 *
 * @param result - the result of the procedure; only a refusal of malformed fields is changed
 * @throws {DomainError} `invalid` - with the faults of all fields
 */
export async function tellAllFaults<Result extends { ok: true } | { ok: false; error: TRPCError }>(
  result: Result,
  { shape, getRawInput, find }: Completion,
): Promise<Result> {
  if (result.ok || result.error.code !== 'BAD_REQUEST') return result
  const { cause } = result.error
  if (!(cause instanceof ZodError)) return result
  const input = RECORD.safeParse(await getRawInput())
  if (!input.success) return result
  const wellFormed = Object.entries(shape).flatMap(([name, field]) => {
    const read = z.safeParse(field, input.data[name])
    return read.success ? [[name, read.data]] : []
  })
  const found = await find(fromWire(Object.fromEntries(wellFormed)))
  throw new DomainError('invalid', { fields: { ...toWireFields(found), ...collectFieldErrors(cause) } })
}
