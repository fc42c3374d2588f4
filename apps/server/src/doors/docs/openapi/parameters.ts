import { type ContractSettings, IDEMPOTENCY_KEY, type ResolvedOperation } from '@latchkey/contract'
import type { z } from 'zod'
import type { Parameter, Schema } from './types.ts'

const CHARACTERS = IDEMPOTENCY_KEY.source.slice(1, -1)

const IDEMPOTENCY_KEY_PARAMETER: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Made for this one request, and sent again with each retry of it. A string of RFC 9651, or its characters alone: 16 to 128.',
  schema: { type: 'string', pattern: `^(?:${CHARACTERS}|"${CHARACTERS}")$` },
}

const PROOF_WORDS = {
  binds: 'A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it.',
  refreshes: 'A proof of RFC 9449 with a nonce. A session that is bound to a key needs one by that key.',
}

/** Lists the headers that an operation reads beside those of its access. */
export function listHeaderParameters(
  operation: ResolvedOperation,
  { dpop }: Pick<ContractSettings, 'dpop'>,
): Parameter[] {
  const { takesIdempotencyKey, proofUse, access } = operation
  return [
    ...(takesIdempotencyKey ? [IDEMPOTENCY_KEY_PARAMETER] : []),
    ...(proofUse === 'binds' && dpop !== 'off'
      ? [describeProof(PROOF_WORDS.binds, dpop === 'required' && access === 'anonymous')]
      : []),
    ...(proofUse === 'refreshes' ? [describeProof(PROOF_WORDS.refreshes, false)] : []),
  ]
}

function describeProof(description: string, required: boolean): Parameter {
  const schema: Schema = { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$', maxLength: 4096 }
  return { name: 'DPoP', in: 'header', description, ...(required && { required }), schema }
}

/**
 * Gives the parameters of a query the descriptions of their fields. The generator loses what the contract says of an
 * optional field.
 */
export function describeParameters(parameters: Parameter[], shape: z.ZodRawShape): Parameter[] {
  return parameters.map((parameter) => {
    if (!('name' in parameter)) return parameter
    const description = (shape[parameter.name] as z.ZodType | undefined)?.description
    return description ? { ...parameter, description } : parameter
  })
}

/** Lists the schemas of parameters, each with the name of its parameter. */
export function listParameterSchemas(parameters: Parameter[]): [name: string, schema: Schema][] {
  return parameters.flatMap((one) =>
    'schema' in one && one.schema ? [[one.name, one.schema as Schema]] : [],
  )
}
