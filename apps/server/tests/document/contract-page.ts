import { readPage, readTables } from '@latchkey/testkit'
import { readContractSettings } from '../../src/doors/contract-settings.ts'
import { REFERENCE } from '../../src/doors/docs/openapi/reference.ts'
import { type Endpoint, listEndpoints } from '../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../src/procedures/router.ts'
import type { DocumentSettings } from './document.ts'

/** The settings with every operation. */
const BUTTON: DocumentSettings = { ...REFERENCE, emailLinkButton: true }
/** The settings with every operation, page and cookie. */
export const EVERYTHING: DocumentSettings = { ...BUTTON, emailVerification: 'optional' }

/** The text of docs/contract.md. */
export const PAGE = readPage('docs/contract.md')

const tables = readTables(PAGE)

/** Lists the rows of every table whose first columns are these. */
export function rowsOf(...columns: string[]): string[][] {
  const named = tables.filter(({ head }) => columns.every((column, index) => head[index] === column))
  return named.flatMap(({ rows }) => rows)
}

/** Finds the row whose first cell is this one; undefined when no row has it. */
export function findRow(column: string, cell: string): string[] | undefined {
  return rowsOf(column).find(([first]) => first === cell)
}

/** Every operation of the router, with its name on the page. The reference settings describe their operations. */
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
