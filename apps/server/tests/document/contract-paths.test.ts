import { listCodes } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { ENDPOINTS, EVERYTHING, rowsOf } from './contract-page.ts'
import { createDocument, listOperations } from './document.ts'

let server: TestServer
beforeAll(async () => {
  // The files about passkeys are there when they have content.
  const files = { portalServed: true, passkeyOrigins: ['http://localhost', 'https://example.net'] }
  server = await startTestServer({ settings: { ...EVERYTHING, ...files }, mail: true })
})
afterAll(() => server?.close())

it('the pages and addresses of the contract are all other operations of the document', () => {
  const procedures = new Set(ENDPOINTS.map(([, { operationId }]) => operationId))
  const operations = listOperations(createDocument(EVERYTHING))
  const known = operations.filter(({ operationId }) => !procedures.has(operationId))
  const written = [...rowsOf('page'), ...rowsOf('address')].filter(([, operationId]) => operationId !== '–')
  expect(written.map((cells) => cells.slice(0, 2).flatMap(listCodes).join(' ')).sort()).toEqual(
    known.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`).sort(),
  )
})

describe('every path of the contract', () => {
  const cells = ['operation', 'page', 'address'].flatMap((column) => rowsOf(column).map(([cell]) => cell))
  const routes = cells.flatMap(listCodes).map((route) => route.split(' ') as [method: string, path: string])

  it.each([...Map.groupBy(routes, ([, path]) => path)])(
    '%s takes the methods of its rows',
    async (path, rows) => {
      const answer = await call(server.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: 'OPTIONS' })
      expect(answer.status).toBe(204)
      const allowed = answer.headers.get('allow')?.split(', ') ?? []
      const taken = allowed.filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
      expect(taken.sort()).toEqual(rows.map(([method]) => method).sort())
    },
  )
})
