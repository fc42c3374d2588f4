import type { FieldErrors } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { ZodError, z } from 'zod'
import { tellAllFaults } from './all-faults.ts'
import { findRefusedInput, readOnce } from './read-once.ts'

const SHAPE = { first_name: z.string('no name'), age: z.number('no age').optional() }
const schema = readOnce(SHAPE)

function faultOf(input: unknown): ZodError {
  try {
    schema.parse(input)
  } catch (error) {
    if (error instanceof ZodError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

/** What tRPC makes of a thrown error. */
function refused(cause: unknown, code: TRPCError['code'] = 'BAD_REQUEST') {
  return { ok: false, error: new TRPCError({ code, cause }) } as const
}

describe('an input of which all faults are told', () => {
  it('is read without the fields that the schema does not have', () => {
    expect(schema.parse({ first_name: 'Ada', age: 36, role: 900 })).toEqual({ first_name: 'Ada', age: 36 })
    expect(schema.parse({ first_name: 'Ada' })).toStrictEqual({ first_name: 'Ada' })
  })

  it('has no field that stands in its prototype alone', () => {
    expect(faultOf(Object.create({ first_name: 'Ada' })).issues).toMatchObject([{ path: ['first_name'] }])
    expect(readOnce({ constructor: z.string().optional() }).parse({})).toEqual({})
  })

  it.each([[null], ['a text'], [7], [undefined], [[{ first_name: 'Ada' }]], [[]]])(
    'has no fields when it is %j',
    (input) => {
      expect(faultOf(input).issues).toMatchObject([{ path: [] }])
      expect(findRefusedInput(faultOf(input))).toBeNull()
    },
  )

  it('keeps the well-formed fields beside the malformed ones', () => {
    const error = faultOf({ first_name: 'Ada', age: 'x' })
    expect(error.issues).toMatchObject([{ path: ['age'], message: 'no age' }])
    expect(findRefusedInput(error)?.wellFormed).toEqual({ first_name: 'Ada' })
    expect(findRefusedInput(faultOf({ age: 36 }))?.wellFormed).toEqual({ age: 36 })
  })
})

describe('the faults of all fields', () => {
  const find = async (wellFormed: object): Promise<FieldErrors> =>
    'firstName' in wellFormed ? { firstName: ['found'] } : { nothing: ['found'] }

  it('are those of the malformed fields and of the well-formed ones', async () => {
    const error = faultOf({ first_name: 'Ada', age: 'x' })
    await expect(tellAllFaults(refused(error), find)).rejects.toMatchObject({
      code: 'invalid',
      fields: { first_name: ['found'], age: ['no age'] },
    })
  })

  it.each([
    ['a success', { ok: true as const }],
    ['a refusal of the operation', refused(new DomainError('not_found'), 'NOT_FOUND')],
    ['a refusal of the operation with the code of malformed fields', refused(new DomainError('invalid'))],
    ['an answer that its schema refuses', refused(faultOf({ age: 36 }), 'INTERNAL_SERVER_ERROR')],
    ['a body that is no object', refused(faultOf([]))],
    ['a refusal of another schema', refused(z.string().safeParse(7).error)],
    ['a body that is no JSON', refused(new SyntaxError('x'))],
    ['a refusal without a cause', refused(undefined)],
  ])('are not looked for after %s', async (_case, result) => {
    expect(await tellAllFaults(result, find)).toBe(result)
  })
})
