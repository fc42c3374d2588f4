import { capitalize } from './read-bodies.ts'
import type { ClientOperation } from './read-operations.ts'

/** The operations at one place of a tree, and the groups below it. */
export interface Group {
  path: readonly string[]
  operations: { name: string; operation: ClientOperation }[]
  groups: { name: string; group: Group }[]
}

/**
 * Groups operations by their path.
 *
 * @param pathOf - the path of an operation; null leaves the operation out
 */
export function groupOperations(
  operations: readonly ClientOperation[],
  pathOf: (operation: ClientOperation) => readonly string[] | null,
): Group {
  const root: Group = { path: [], operations: [], groups: [] }
  for (const operation of operations) {
    const path = pathOf(operation)
    if (path === null) continue
    const name = path.at(-1) ?? ''
    path.slice(0, -1).reduce(enter, root).operations.push({ name, operation })
  }
  return root
}

function enter(parent: Group, name: string): Group {
  const known = parent.groups.find((entry) => entry.name === name)
  if (known) return known.group
  const group: Group = { path: [...parent.path, name], operations: [], groups: [] }
  parent.groups.push({ name, group })
  return group
}

/** An entry of the package that has operations of its own, because few programs call them. */
export type EntryName = 'links' | 'mfa' | 'social' | 'staff'

/** The entries of what the main entry lacks, by their place or by the first word of their place. */
const ENTRIES: Readonly<Record<string, EntryName>> = {
  'registration.verify': 'links',
  'email.confirmChange': 'links',
  staff: 'staff',
  social: 'social',
  mfa: 'mfa',
  passkeys: 'mfa',
  reauthenticate: 'mfa',
  reauthenticateOptions: 'mfa',
}

/** Finds the entry of a place; null for the main entry. */
export function findEntry(path: readonly string[]): EntryName | null {
  return ENTRIES[path.join('.')] ?? ENTRIES[path[0] ?? ''] ?? null
}

/** Prints the place of a group or an operation: `client.user.get`, and `staff.users.get` of the entry for staff. */
export function printPlace(path: readonly string[]): string {
  return (findEntry(path) ? path : ['client', ...path]).join('.')
}

/** Names the interface of a group: `staff.users` is `StaffUserOperations`. */
export function nameGroup(path: readonly string[]): string {
  const words = path.map((name, index) => (index === path.length - 1 ? name.replace(/s$/, '') : name))
  return `${words.map(capitalize).join('')}Operations`
}
