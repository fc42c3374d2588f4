import { fields } from '@latchkey/contract'
import { type ZodError, z } from 'zod'

/** A refused input, of which some fields may be well-formed. */
interface RefusedInput {
  error: ZodError
  wellFormed: Record<string, unknown>
}

const REFUSED = new WeakMap<Error, RefusedInput>()

/**
 * Makes the schema of an input that keeps what it read of the well-formed fields when it refuses others.
 *
 * To read a field again would normalise its text again: decision 081.
 */
export function readOnce(shape: z.ZodRawShape): z.ZodType {
  const schema = fields(shape)
  const parse = (input: unknown) => {
    // A body that is no object has no fields.
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return schema.parse(input)
    const read = readFields(shape, input as Record<string, unknown>)
    if (read.issues.length === 0) return omitAbsent(read.wellFormed)
    // The other class of the library is no Error, and tRPC would hide it.
    const error = new z.ZodRealError(read.issues)
    REFUSED.set(error, { error, wellFormed: read.wellFormed })
    throw error
  }
  // The document and the tests read the shape, which stays that of the schema.
  return Object.create(schema, { parse: { value: parse } })
}

/** The input that {@link readOnce} refused with an error, or null for another error. */
export function findRefusedInput(error: Error): RefusedInput | null {
  return REFUSED.get(error) ?? null
}

function readFields(shape: z.ZodRawShape, input: Record<string, unknown>) {
  const wellFormed: Record<string, unknown> = {}
  const issues: ZodError['issues'] = []
  for (const [name, field] of Object.entries(shape)) {
    const given = Object.hasOwn(input, name) ? input[name] : undefined
    const { success, data, error } = z.safeParse(field, given)
    if (!success) issues.push(...error.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] })))
    // A field that may be absent, and is, is well-formed too.
    else wellFormed[name] = data
  }
  return { wellFormed, issues }
}

function omitAbsent(read: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}
