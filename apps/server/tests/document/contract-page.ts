import { readPage, readTables } from '@latchkey/testkit'
import { readContractSettings } from '../../src/doors/contract-settings.ts'
import { REFERENCE } from '../../src/doors/docs/openapi/reference.ts'
import { type Endpoint, listEndpoints } from '../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../src/procedures/router.ts'
import type { DocumentSettings } from './document.ts'

/** The settings that bring every operation. */
const BUTTON: DocumentSettings = { ...REFERENCE, emailLinkButton: true }
/** The settings that bring every operation, page and cookie. */
export const EVERYTHING: DocumentSettings = { ...BUTTON, emailVerification: 'optional' }

/** The page of the contract. */
export const PAGE = readPage('docs/contract.md')

const tables = readTables(PAGE)

/** The rows of every table of the page whose columns begin with these. */
export function rowsOf(...columns: string[]): string[][] {
  const named = tables.filter(({ head }) => columns.every((column, index) => head[index] === column))
  return named.flatMap(({ rows }) => rows)
}

/** The row that begins with a cell; undefined when there is none. */
export function findRow(column: string, cell: string): string[] | undefined {
  return rowsOf(column).find(([first]) => first === cell)
}

/** Every operation of the router with its name on the page; the reference settings describe those they have. */
export const ENDPOINTS = listAll().map(
  (endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const,
)

function listAll(): Endpoint[] {
  const known = new Map<string, Endpoint>()
  for (const settings of [REFERENCE, BUTTON])
    for (const endpoint of listEndpoints(createRouter(readContractSettings(settings))))
      if (!known.has(endpoint.operationId)) known.set(endpoint.operationId, endpoint)
  return [...known.values()]
}
