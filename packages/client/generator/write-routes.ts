import { printDocs } from './print-docs.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the routes of the operations that the client writes by hand. */
export function writeRoutes(operations: readonly ClientOperation[]): string {
  const own = operations.filter(({ isOwn }) => isOwn)
  const routes = own.map(
    ({ name, route, summary }) => `${printDocs([summary])}export const ${name} = '${route}'\n`,
  )
  return `/** A method and a path of the contract, with its parameters in braces. */
export type Route = \`\${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /\${string}\`

/**
 * Sends a request and returns the body of its answer.
 *
 * @param fields - fill the parameters of the path; the others are the query of a GET, the body of any other method
 */
export type SendRoute = <T>(route: Route, fields?: object, traits?: Traits) => Promise<T>

/** What the contract says of a call, beside its route. */
export interface Traits {
  /** The answer is empty (204). */
  isEmpty?: boolean
  /** The call changes what people see of the own user. */
  changesUser?: boolean
}

${routes.join('')}
${LISTS.map(({ name, docs, has }) => printList(name, docs, operations.filter(has))).join('\n')}`
}

/** The lists of routes by which the client knows what an answer is, and keeps the details of the own user up to date. */
const LISTS: { name: string; docs: string; has: (operation: ClientOperation) => boolean }[] = [
  {
    name: 'USER_ANSWERS',
    docs: 'The routes whose answer is the own user.',
    has: ({ answersUser }) => answersUser,
  },
  {
    name: 'USER_CHANGES',
    docs: 'The routes that change what people see of the own user.',
    has: ({ changesUser }) => changesUser,
  },
]

function printList(name: string, docs: string, operations: readonly ClientOperation[]): string {
  const items = operations.flatMap(({ name: own, isOwn, route, furtherRoutes }) => [
    isOwn ? own : `'${route}'`,
    ...furtherRoutes.map((further) => `'${further}'`),
  ])
  return `${printDocs([docs])}export const ${name}: readonly Route[] = [${items.join(', ')}]\n`
}
