import { operations } from '@latchkey/contract'
import type { Endpoint } from '../../rest/endpoints.ts'

const NAMES = new Map<string, string>(
  Object.entries(operations).map(([name, { procedure }]) => [procedure, toTypeName(name)]),
)

/** Names a schema that belongs to one operation: `LoginInput`, `LoginErrors`, `LogoutAnswer`. */
export function nameSchema({ procedurePath }: Endpoint, part: 'Input' | 'Errors' | 'Answer'): string {
  const name = NAMES.get(procedurePath)
  if (!name) throw new Error(`No operation of the contract is ${procedurePath}.`)
  return name + part
}

/** Names the field errors of an input: by its operation, when it has fields. */
export function nameErrors(endpoint: Endpoint, fieldNames: string[]): string {
  return fieldNames.length > 0 ? nameSchema(endpoint, 'Errors') : 'NonFieldErrors'
}

/** Writes a name of a field, a code or an operation as the name of a type: `not_found` becomes `NotFound`. */
export function toTypeName(name: string): string {
  return name.replaceAll(/(?:^|[_-])(\w)/g, (_, letter: string) => letter.toUpperCase())
}
