import type { Group } from './group-operations.ts'
import type { ClientOperation } from './read-operations.ts'
import { groupPlainOperations } from './write-operations.ts'

/** Writes the function that creates the operations that only send a request. */
export function writePlainOperations(operations: readonly ClientOperation[]): string {
  return `import type { PlainOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/**
 * Creates the operations that only send a request.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createPlainOperations(send: SendRoute, sendAsUser: SendRoute): PlainOperations {
  return ${printGroup(groupPlainOperations(operations), '  ')}
}
`
}

function printGroup({ operations, groups }: Group, indent: string): string {
  const inner = `${indent}  `
  const calls = operations.map(({ name, operation }) => `${inner}${name}: ${printCall(operation)},\n`)
  const below = groups.map(({ name, group }) => `${inner}${name}: ${printGroup(group, inner)},\n`)
  return `{\n${[...calls, ...below].join('')}${indent}}`
}

/** Prints an operation as a function that sends exactly the fields of the contract. */
function printCall({ route, hasParams, input, isPublic }: ClientOperation): string {
  const send = isPublic ? 'send' : 'sendAsUser'
  if (input === null) return `() => ${send}('${route}')`
  // A caller may pass a whole object as the input, such as a user. Only the fields of the call are sent.
  const given = hasParams ? `{ ${input.fields.map(({ name }) => name).join(', ')} }` : 'input'
  return `(${given}) => ${send}('${route}', ${given})`
}
