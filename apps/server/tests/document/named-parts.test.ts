import { REFUSALS, type RefusalWords } from '@latchkey/contract'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { readContractSettings } from '../../src/doors/contract-settings.ts'
import { listEndpoints } from '../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../src/procedures/router.ts'
import { CONFIGURATIONS } from './configurations.ts'
import { createDocument, type Document, type DocumentSettings, type JsonSchema } from './document.ts'

/**
 * The average of the present operations. A document with more operations may be larger. Cookie mode describes cookies too.
 * Without verification there are two operations fewer, which are short ones. Those of providers have many refusals.
 */
const MAX_BYTES_PER_OPERATION: Record<string, number> = {
  'as committed': 2_010,
  'with buttons, pages of the operator and nothing required': 2_010,
}
const MAX_BYTES_ELSEWHERE = 2_070

/** Lists the schemas of bodies as they stand at their operations and shared responses, with a name for each. */
function listBodies(document: Document): [where: string, schema: JsonSchema][] {
  const found: [string, JsonSchema][] = []
  const search = (part: unknown, where: string): void => {
    if (typeof part !== 'object' || part === null) return
    for (const [key, value] of Object.entries(part)) {
      if (key !== 'content') search(value, `${where}/${key}`)
      else if ('application/json' in value) found.push([where, value['application/json'].schema])
    }
  }
  search(document.paths, 'paths')
  search(document.components.responses, 'responses')
  return found
}

/** Returns whether a schema has a name: a reference, a choice of references, or a reference that is narrowed. */
function isNamed(schema: JsonSchema): boolean {
  const { $ref, oneOf, allOf } = schema as { $ref?: string; oneOf?: JsonSchema[]; allOf?: JsonSchema[] }
  if (oneOf) return oneOf.every(isNamed)
  return allOf ? allOf[0]?.$ref !== undefined : $ref !== undefined
}

/** Lists what the contract says of the fields that callers send, in bodies and in queries. */
function listDescriptions(settings: DocumentSettings): string[] {
  const endpoints = listEndpoints(createRouter(readContractSettings(settings)))
  const read = endpoints.filter(({ meta }) => !meta.cookieDecides)
  return read.flatMap(({ meta }) =>
    Object.values(meta.shape).flatMap((field) => (field as z.ZodType).description ?? []),
  )
}

describe.each(Object.entries(CONFIGURATIONS))('the document %s', (name, settings) => {
  const document = createDocument(settings)
  const schemas = Object.keys(document.components.schemas ?? {})

  it('has a bounded size for each operation, as it is served', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
    const bytes = Buffer.byteLength(JSON.stringify(document))
    const max = MAX_BYTES_PER_OPERATION[name] ?? MAX_BYTES_ELSEWHERE
    expect(bytes / operations.length).toBeLessThan(max)
  })

  it('has every description that the contract gives a field, optional or not', () => {
    const described = listDescriptions(settings)
    expect(described.length).toBeGreaterThan(5)
    const text = JSON.stringify(document)
    expect(described.filter((one) => !text.includes(JSON.stringify(one)))).toEqual([])
  })

  it('names the schema of every body', () => {
    const bodies = listBodies(document)
    expect(bodies.length).toBeGreaterThan(40)
    expect(bodies.filter(([, schema]) => !isNamed(schema))).toEqual([])
  })

  it('names the answers as the contract does, and the field errors of every input', () => {
    const tokens = settings.refreshCookie ? 'AccessToken' : 'TokenPair'
    expect(schemas).toEqual(
      expect.arrayContaining([
        tokens,
        'User',
        'Session',
        'SecurityEvent',
        'StaffUser',
        'StaffEvent',
        'Refusal',
      ]),
    )
    const inputs = schemas.filter((name) => name.endsWith('Input'))
    const errors = inputs.map((name) => name.replace(/Input$/, 'Errors'))
    expect(inputs.length).toBeGreaterThan(8)
    expect(schemas).toEqual(expect.arrayContaining(errors))
  })

  it('closes the list of codes, and explains each', () => {
    const { enum: codes } = (document.components.schemas?.RefusalCode ?? {}) as {
      enum: string[]
    }
    const known = Object.entries<RefusalWords>(REFUSALS).map(([code, { as }]) => as ?? code)
    expect(codes).toEqual([...new Set(known)])
    // Over REST the body of refused fields has no code.
    const explained = codes.filter((code) => code !== 'invalid')
    for (const code of explained) expect(document.info.description).toContain(`| \`${code}\` |`)
  })

  it('has the tag of every operation, with a description, in the order of its operations', () => {
    const used = Object.values(document.paths).flatMap((item) =>
      Object.values(item).flatMap(({ tags }) => tags),
    )
    expect(document.tags.map(({ name }) => name)).toEqual([...new Set(used)])
    for (const { description } of document.tags) expect(description).toMatch(/\.$/)
  })

  it('says whose it is, and under which licence', () => {
    expect(document.info).toMatchObject({ title: 'Latchkey', license: { identifier: 'MIT' } })
    expect(document.servers).toEqual([{ url: 'http://localhost:3000', description: 'This server' }])
  })
})
