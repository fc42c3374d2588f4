import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFERENCE } from '../../src/doors/docs/openapi/reference.ts'
import { startTestServer } from '../test-server.ts'
import { createDocument, type DocumentedOperation, listOperations } from './document.ts'
import { createRequest, send, type World } from './requests.ts'
import { WITH_PROVIDER } from './social-requests.ts'

const DOCUMENT = createDocument(REFERENCE)
const WITH_BODY = listOperations(DOCUMENT).filter(
  ({ requestBody }) => requestBody?.content['application/json'] !== undefined,
)

/** The kinds of form. The document describes JSON alone, and tells of these once. */
const FORMS: Record<string, (fields: Record<string, string>) => FormData | URLSearchParams> = {
  'application/x-www-form-urlencoded': (fields) => new URLSearchParams(fields),
  'multipart/form-data': (fields) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    return form
  },
}

let world: World
beforeAll(async () => {
  const server = await startTestServer({ settings: REFERENCE, mail: true, core: WITH_PROVIDER })
  const { emailVerification } = REFERENCE
  world = { server, readiness: { isReady: true }, cookieMode: false, emailVerification }
})
afterAll(() => world?.server.close())

describe.each(Object.entries(FORMS))('a form of the type %s', (type, createForm) => {
  it('stands in the introduction of the document', () => {
    expect(DOCUMENT.info.description).toContain(`\`${type}\``)
  })

  it.each(WITH_BODY.map((operation) => [operation.operationId, operation] as const))(
    'is read by %s, unless a field of it is an object',
    async (_id, operation: DocumentedOperation) => {
      const { json, ...request } = await createRequest(world, operation)
      const texts = Object.entries(json ?? {}).map(([name, value]) => [name, String(value)])
      const answer = await send(world, operation.method, {
        ...request,
        body: createForm(Object.fromEntries(texts)),
      })
      const sendsObject = Object.values(json ?? {}).some((value) => typeof value === 'object')
      expect([answer.status < 400, answer.text]).toEqual([!sendsObject, answer.text])
      if (sendsObject) expect(answer.text).toContain('Expected a dictionary, but got str.')
    },
  )
})
