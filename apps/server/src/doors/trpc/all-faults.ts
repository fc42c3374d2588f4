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
  /** Finds what is wrong with the fields that are well-formed. */
  find: (wellFormed: Record<string, unknown>) => Promise<FieldErrors>
}

/**
 * Where some field was refused for its form, names what is wrong with the others as well: all failing fields at once.
 *
 * @param result - what the rest of the procedure came to; anything but refused fields passes
 * @throws {DomainError} `invalid` - with all of them
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
