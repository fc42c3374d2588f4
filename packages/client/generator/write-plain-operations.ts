import type { Group } from './group-operations.ts'
import type { ClientOperation } from './read-operations.ts'
import {
  findMergedGroups,
  findOwnGroups,
  groupEntryOperations,
  groupPlainOperations,
  nameInterface,
} from './write-operations.ts'

/** Writes the function that creates the operations of a client from those that only send a request, and the others. */
export function writePlainOperations(operations: readonly ClientOperation[]): string {
  const merged = findMergedGroups(operations)
  const own = [...merged].map((name) => `  readonly ${name}: object\n`).join('')
  return `import type { PlainOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/** The operations written by hand, of groups that have generated ones too. */
interface OwnGroups {
${own}}

/**
 * Creates the operations of a client from those that only send a request, and those written by hand.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createPlainOperations<Own extends OwnGroups>(
  send: SendRoute,
  sendAsUser: SendRoute,
  own: Own,
): PlainOperations & Own {
  return ${printGroup(groupPlainOperations(operations), '  ', merged)}
}
`
}

/** Writes the function that creates the operations of staff. */
export function writeStaffOperations(operations: readonly ClientOperation[]): string {
  const [staff] = groupEntryOperations(operations, 'staff').groups
  return `import type { StaffOperations } from './operations.ts'
import type { SendRoute } from './routes.ts'

/** Creates the operations of staff. */
export function createStaffCalls(sendAsUser: SendRoute): StaffOperations {
  return ${staff ? printGroup(staff.group, '  ') : '{}'}
}
`
}

/** Writes the function that creates the operations on second factors that only send a request. */
export function writeMfaOperations(operations: readonly ClientOperation[]): string {
  const ownGroups = findOwnGroups(operations)
  const tree = groupEntryOperations(operations, 'mfa')
  const groups = tree.groups.map(({ name, group }) => [name, nameInterface(group.path, ownGroups)] as const)
  const imports = groups.map(([, type]) => `  ${type},\n`).sort()
  return `import type {
${imports.join('')}} from './operations.ts'
import type { SendRoute } from './routes.ts'

/** The operations on second factors that only send a request. */
export interface MfaCalls {
${groups.map(([name, type]) => `  readonly ${name}: ${type}\n`).join('')}}

/**
 * Creates the operations on second factors that only send a request.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createMfaCalls(send: SendRoute, sendAsUser: SendRoute): MfaCalls {
  return ${printGroup(tree, '  ')}
}
`
}

/** @param merged - the groups to which operations written by hand are added; undefined adds none */
function printGroup({ operations, groups }: Group, indent: string, merged?: ReadonlySet<string>): string {
  const inner = `${indent}  `
  const calls = operations.map(({ name, operation }) => `${inner}${name}: ${printCall(operation)},\n`)
  const below = groups.map(({ name, group }) => {
    const text = printGroup(group, inner)
    const own = merged?.has(name) ? `${inner}  ...own.${name},\n${inner}}` : `${inner}}`
    return `${inner}${name}: ${text.slice(0, -inner.length - 1)}${own},\n`
  })
  const own = merged ? [`${inner}...own,\n`] : []
  return `{\n${[...own, ...calls, ...below].join('')}${indent}}`
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
