import type { Group } from './group-operations.ts'
import type { ClientOperation } from './read-operations.ts'
import { groupPlainOperations, groupStaffOperations } from './write-operations.ts'

/** Writes the function that creates the operations of a client that only send a request. */
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

/** Writes the function that creates the operations of staff. */
export function writeStaffOperations(operations: readonly ClientOperation[]): string {
  return `import type { StaffOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/** Creates the operations of staff. */
export function createStaffCalls(sendAsUser: SendRoute): StaffOperations {
  return ${printGroup(groupStaffOperations(operations), '  ')}
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
function printCall({ route, hasParams, input, isPublic, answer, changesUser }: ClientOperation): string {
  const send = isPublic ? 'send' : 'sendAsUser'
  // A caller may pass a whole object as the input, such as a user. Only the fields of the call are sent.
  const given = hasParams ? `{ ${input?.fields.map(({ name }) => name).join(', ')} }` : 'input'
  const traits = [
    ...(answer.type === 'void' ? ['isEmpty: true'] : []),
    ...(changesUser ? ['changesUser: true'] : []),
  ]
  const fields = input === null ? '{}' : given
  const withTraits = traits.length > 0 ? [fields, `{ ${traits.join(', ')} }`] : []
  const rest = withTraits[0] || input === null ? withTraits : [given]
  return `(${input === null ? '' : given}) => ${send}(${[`'${route}'`, ...rest].join(', ')})`
}
