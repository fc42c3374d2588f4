import { type Group, groupOperations, nameGroup, printPlace, STAFF } from './group-operations.ts'
import { importTypes } from './import-types.ts'
import { printDocs } from './print-docs.ts'
import type { Body } from './read-bodies.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the interfaces of the operations that only send a request. */
export function writeOperations(operations: readonly ClientOperation[]): string {
  const ownGroups = findOwnGroups(operations)
  const trees = [groupPlainOperations(operations), groupStaffOperations(operations)]
  const interfaces = trees.flatMap((tree) => writeInterfaces(tree, ownGroups)).join('\n')
  return `${importTypes(interfaces, operations)}${interfaces}`
}

/** Groups the operations that only send a request by their place in the client, without those of staff. */
export function groupPlainOperations(operations: readonly ClientOperation[]): Group {
  return groupOperations(operations, ({ call, isOwn }) => (isOwn || call?.[0] === STAFF ? null : call))
}

/** Groups the operations of staff. */
export function groupStaffOperations(operations: readonly ClientOperation[]): Group {
  const root = groupOperations(operations, ({ call }) => (call?.[0] === STAFF ? call : null))
  return root.groups[0]?.group ?? { path: [STAFF], operations: [], groups: [] }
}

/** Finds the groups with operations written by hand. Their interfaces are extended by hand too. */
function findOwnGroups(operations: readonly ClientOperation[]): Set<string> {
  const calls = operations.filter(({ isOwn }) => isOwn).map(({ call }) => call)
  return new Set(calls.flatMap((call) => (call === null ? [] : [nameGroup(call.slice(0, -1))])))
}

function writeInterfaces({ path, operations, groups }: Group, ownGroups: ReadonlySet<string>): string[] {
  const nameOf = (group: readonly string[]) => {
    const name = nameGroup(group)
    return ownGroups.has(name) ? `Plain${name}` : name
  }
  const place = printPlace(path)
  const name = nameOf(path)
  const docs = name.startsWith('Plain')
    ? `The operations of \`${place}\` that only send a request.`
    : `The operations of \`${place}\`.`
  const below = groups.map(({ name, group }) => `  readonly ${name}: ${nameOf(group.path)}\n`)
  const methods = operations.map(({ name, operation }) => printMethod(name, operation))
  const own = `${printDocs([docs])}export interface ${name} {\n${[...below, ...methods].join('')}}\n`
  return [own, ...groups.flatMap(({ group }) => writeInterfaces(group, ownGroups))]
}

function printMethod(name: string, operation: ClientOperation): string {
  const { summary, description, input, answer } = operation
  const tags = [...describeFields(input, '@param input.'), ...describeFields(answer, '@returns ')]
  const docs = printDocs([summary, description], { indent: '  ', tags })
  return `${docs}  ${name}(${printParameter(operation)}): Promise<${answer.type}>\n`
}

/** Describes the fields of a type that is written out, because its fields cannot carry comments. */
function describeFields(body: Body | null, prefix: string): string[] {
  const fields = body === null || body.ownName ? [] : body.fields
  return fields.flatMap(({ name, description }) => (description ? [`${prefix}${name} - ${description}`] : []))
}

/** Prints the parameter of a method. It is optional when it is a query of optional fields. */
function printParameter({ method, input }: ClientOperation): string {
  if (input === null) return ''
  const isOptional = method === 'GET' && input.fields.every((field) => field.isOptional)
  return `input${isOptional ? '?' : ''}: ${input.type}`
}
