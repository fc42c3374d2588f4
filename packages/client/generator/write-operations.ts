import {
  type EntryName,
  findEntry,
  type Group,
  groupOperations,
  nameGroup,
  printPlace,
} from './group-operations.ts'
import { importTypes } from './import-types.ts'
import { printDocs } from './print-docs.ts'
import type { Body } from './read-bodies.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the interfaces of the operations that only send a request. */
export function writeOperations(operations: readonly ClientOperation[]): string {
  const ownGroups = findOwnGroups(operations)
  const main = groupPlainOperations(operations)
  const staff = groupEntryOperations(operations, 'staff').groups.map(({ group }) => group)
  const mfa = groupEntryOperations(operations, 'mfa').groups.map(({ group }) => group)
  const interfaces = [main, ...staff, ...mfa].flatMap((tree) => writeInterfaces(tree, ownGroups)).join('\n')
  return `${importTypes(interfaces, operations)}${interfaces}`
}

/** Groups the operations of the main entry that only send a request, by their place in the client. */
export function groupPlainOperations(operations: readonly ClientOperation[]): Group {
  return groupOperations(operations, ({ call, isOwn }) => (isOwn || (call && findEntry(call)) ? null : call))
}

/** Groups the operations of another entry that only send a request. */
export function groupEntryOperations(operations: readonly ClientOperation[], entry: EntryName): Group {
  return groupOperations(operations, ({ call, isOwn }) =>
    call && !isOwn && findEntry(call) === entry ? call : null,
  )
}

/** Names the interface of a group. A group that has operations written by hand is extended by hand. */
export function nameInterface(path: readonly string[], ownGroups: ReadonlySet<string>): string {
  const name = nameGroup(path)
  return ownGroups.has(name) ? `Plain${name}` : name
}

/** Finds the groups of the main entry that have operations written by hand and others. */
export function findMergedGroups(operations: readonly ClientOperation[]): Set<string> {
  const own = operations.filter(({ isOwn, call }) => isOwn && call?.[1] && !findEntry(call))
  const plain = groupPlainOperations(operations).groups.map(({ name }) => name)
  return new Set(plain.filter((name) => own.some(({ call }) => call?.[0] === name)))
}

/** Finds the groups with operations written by hand. Their interfaces are extended by hand too. */
export function findOwnGroups(operations: readonly ClientOperation[]): Set<string> {
  const calls = operations.filter(({ isOwn }) => isOwn).map(({ call }) => call)
  return new Set(calls.flatMap((call) => (call === null ? [] : [nameGroup(call.slice(0, -1))])))
}

function writeInterfaces({ path, operations, groups }: Group, ownGroups: ReadonlySet<string>): string[] {
  const nameOf = (group: readonly string[]) => nameInterface(group, ownGroups)
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
