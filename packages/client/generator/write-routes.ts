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
export type SendRoute = <T>(route: Route, fields?: object) => Promise<T>

${routes.join('')}
${printEmptyAnswers(operations)}`
}

function printEmptyAnswers(operations: readonly ClientOperation[]): string {
  const routes = operations.filter(({ answer }) => answer.type === 'void').map(({ route }) => `'${route}'`)
  const docs = printDocs([
    'The routes whose answer is empty (204). An empty answer of any other route is not from the server',
  ])
  return `${docs}export const EMPTY_ANSWERS: readonly Route[] = [${routes.join(', ')}]\n`
}
