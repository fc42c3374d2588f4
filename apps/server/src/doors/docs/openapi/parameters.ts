import type { z } from 'zod'
import type { Parameter, Schema } from './types.ts'

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
