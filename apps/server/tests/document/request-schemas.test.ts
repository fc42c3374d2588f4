import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFERENCE } from '../../src/doors/docs/openapi/reference.ts'
import type { Answer } from '../call.ts'
import { startTestServer } from '../test-server.ts'
import {
  createDocument,
  type DocumentedOperation,
  type DocumentSettings,
  listKinds,
  listOperations,
} from './document.ts'
import { createRequest, send, type World } from './requests.ts'
import { WITH_PROVIDER } from './social-requests.ts'

const CONFIGURATIONS: Record<string, DocumentSettings> = {
  'as committed': REFERENCE,
  'with nothing required': {
    ...REFERENCE,
    emailVerification: 'none',
    registrationNamesRequired: false,
    oldPasswordRequired: false,
    refreshCookie: { secure: false, sameSite: 'Lax', path: '/' },
  },
}

/** Lists every operation with a field in its path, and the names of the fields that its document says are refused. */
function listPathFields(settings: DocumentSettings) {
  const document = createDocument(settings)
  return listOperations(document)
    .filter(({ path }) => path.includes('{'))
    .map((operation) => {
      const schemas = operation.responses['400']?.content?.['application/json']?.schema
      const told = [...JSON.stringify(schemas ?? {}).matchAll(/"(\w+)":\{[^{}]*"type":"array"/g)].map(
        ([, name]) => name,
      )
      return { operation, told, names: [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name) }
    })
}

/** Lists every field of every request body of a document. */
function listFields(settings: DocumentSettings) {
  return listOperations(createDocument(settings)).flatMap((operation) => {
    const schema = operation.requestBody?.content['application/json']?.schema
    return Object.entries(schema?.properties ?? {}).map(([name, rules]) => {
      const isRequired = schema?.required?.includes(name) ?? false
      return { operation, name, rules, isRequired }
    })
  })
}

describe.each(Object.entries(CONFIGURATIONS))('request schemas %s', (_name, settings) => {
  let world: World
  beforeAll(async () => {
    const server = await startTestServer({ settings, mail: true, core: WITH_PROVIDER })
    const cookieMode = settings.refreshCookie !== null
    world = {
      server,
      readiness: { isReady: true },
      cookieMode,
      emailVerification: settings.emailVerification,
    }
  })
  afterAll(() => world?.server.close())

  /** Returns the server's verdict on one field, in a request that is otherwise good. */
  async function sentencesFor(operation: DocumentedOperation, changes: Record<string, unknown>) {
    const request = await createRequest(world, operation)
    // The request has no cookie, because in cookie mode the cookie would stand for a field.
    const json = { ...(request.json as object), ...changes }
    const headers = operation.operationId === 'rest_password_reset_set_new' ? request.headers : undefined
    const answer: Answer = await send(world, operation.method, { ...request, json, headers })
    const [name = ''] = Object.keys(changes)
    const fields = answer.status === 400 ? (answer.body as Record<string, unknown>) : {}
    return Array.isArray(fields[name]) ? (fields[name] as string[]) : []
  }

  it.each(
    listFields(settings).map((field) => [`${field.operation.operationId} ${field.name}`, field] as const),
  )('%s', async (_field, { operation, name, rules, isRequired }) => {
    const say = (value: unknown) => sentencesFor(operation, { [name]: value })
    const tooLong = (length: number) => `Ensure this field has no more than ${length} characters.`
    const isBlankRefused = (await say('')).includes('This field may not be blank.')
    const { minLength = 0 } = rules
    expect(isBlankRefused).toBe(minLength >= 1)
    if (minLength > 1) {
      const tooShort = `Ensure this field has at least ${minLength} characters.`
      expect(await say('😀'.repeat(minLength))).not.toContain(tooShort)
      expect(await say('😀'.repeat(minLength - 1))).toContain(tooShort)
    }
    const isMissingRefused = (await say(undefined)).includes('This field is required.')
    // A user without a password leaves it out. The callers of these tests have one.
    // A confirmation takes another proof in its place.
    const asksPassword = operation.operationId !== 'reauthenticate' && name === 'password'
    const isOwnPassword = asksPassword && listKinds(operation).includes('400 no_usable_password')
    expect(isMissingRefused).toBe(isRequired || isOwnPassword)
    const isFormRefused = (await say('not an address')).includes('Enter a valid email address.')
    expect(isFormRefused).toBe(rules.format === 'email')
    if (rules.maxLength === undefined) {
      expect((await say('x'.repeat(2000))).join()).not.toContain('no more than')
    } else {
      // The length counts characters and not UTF-16 units, as in JSON Schema.
      expect(await say('😀'.repeat(rules.maxLength))).not.toContain(tooLong(rules.maxLength))
      expect(await say('😀'.repeat(rules.maxLength + 1))).toContain(tooLong(rules.maxLength))
    }
  })

  it.each(listPathFields(settings))(
    'a malformed field of the path is unknown, and no refused field: $operation.method $operation.path',
    async ({ operation, told, names }) => {
      const request = await createRequest(world, operation)
      for (const odd of ['%00', '%20', '%FF', 'x'.repeat(5000)]) {
        const path = operation.path.replaceAll(/\{\w+\}/g, odd)
        const { body } = await send(world, operation.method, { ...request, path })
        for (const name of names) expect(body).not.toHaveProperty([String(name)])
      }
      for (const name of names) expect(told).not.toContain(name)
    },
  )
})
