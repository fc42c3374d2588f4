import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineOperation, type OperationDefinition, operations } from '@latchkey/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createGeneratedFiles } from '../generator/generated-files.ts'
import { OWN_OPERATIONS } from '../generator/own-operations.ts'
import { mergeFields } from '../generator/read-fields.ts'
import { createClient, memoryStorage } from '../src/index.ts'
import { collectOperations } from './support/all-operations.ts'
import { BASE_URL } from './support/clients.ts'
import { json, sign } from './support/model-server.ts'

const generated = join(import.meta.dirname, '../src/generated')
const CONTRACT: [string, OperationDefinition][] = Object.entries(operations)
const CALLED = CONTRACT.filter(([, { client }]) => client !== null)

test('the committed files of src/generated are what `npm run generate` makes', () => {
  const committed = readdirSync(generated).map((name) => [name, readFileSync(join(generated, name), 'utf8')])
  expect(Object.fromEntries(committed)).toEqual(createGeneratedFiles())
})

interface Sent {
  route: string
  isAsUser: boolean
  /** The fields of the query and of the body. */
  fields: string[]
}

/** Creates a signed-in client, and collects what it sends. */
function createSignedInClient() {
  const sent: Sent[] = []
  const iat = Math.floor(Date.now() / 1000)
  const claims = { session: 's-1', session_iat: iat, user_id: 'u-1', role: 0, iat, exp: iat + 600 }
  const access = sign({ ...claims, token_type: 'access' })
  const refresh = sign({ ...claims, token_type: 'refresh', generation: 1 })
  const storage = memoryStorage()
  storage.setItem(`latchkey:${BASE_URL}`, JSON.stringify({ access, refresh, sentAt: Date.now() }))
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    const body = JSON.parse(String(init?.body ?? '{}'))
    sent.push({
      route: `${init?.method} ${pathname}`,
      isAsUser: new Headers(init?.headers).has('authorization'),
      fields: [...searchParams.keys(), ...Object.keys(body)],
    })
    return json({ detail: 'ok' })
  }
  return { client: collectOperations(createClient({ baseUrl: BASE_URL, storage, fetch })), sent }
}

function findCall(client: object, path: string): (input: object) => Promise<unknown> {
  const call = path.split('.').reduce<unknown>((part, name) => Object(part)[name], client)
  if (typeof call !== 'function') throw new Error(`there is no client.${path}`)
  return (input) => call(input)
}

describe('an operation of the contract', () => {
  test.each(CALLED)(
    '%s is sent by the client with the route and the fields of the contract',
    async (name, definition) => {
      const { client, sent } = createSignedInClient()
      const fields = mergeFields((settings) => definition.input?.(settings) ?? {}).map((field) => field.name)
      const call = findCall(client, definition.client ?? definition.procedure)
      // Some operations refuse this answer, after they have sent their request.
      await call(Object.fromEntries(fields.map((field) => [field, `a-${field}`]))).catch(() => {})
      const path = definition.path.replace(/\{(\w+)\}/g, 'a-$1')
      const inPath = definition.path.match(/(?<=\{)\w+/g) ?? []
      expect(sent[0]).toEqual({
        route: `${definition.method} ${path}`,
        // The set-up challenge among the fields stands for the access token.
        isAsUser: !['anonymous', 'cookie', 'setup'].includes(definition.access),
        fields: fields.filter((field) => !inPath.some((param) => param === field)),
      })
      expect(name in OWN_OPERATIONS || sent.length === 1).toBe(true)
    },
  )

  test('that is missing in the client is listed with a reason', () => {
    const missing = CONTRACT.filter(([, { client }]) => client === null).map(([name]) => name)
    expect(missing).toEqual(['refreshSession', 'openSocialSession', 'connectSocialAccount'])
    expect(OWN_OPERATIONS.refreshSession).toBe('the client refreshes by itself: `client.session`')
    expect(OWN_OPERATIONS.openSocialSession).toContain('`finish`')
    expect(OWN_OPERATIONS.connectSocialAccount).toContain('`finish`')
  })
})

describe('a new operation of the contract', () => {
  const base = {
    procedure: 'user.export',
    method: 'GET',
    path: '/user/export/',
    operationId: 'user_export',
    tag: 'User',
    summary: "Export one's own data",
    access: 'authenticated',
    output: z.object({
      exported_at: z.iso.datetime(),
      note: z.string().nullable().meta({ description: 'For the user.' }),
      parts: z.array(z.object({ name: z.string(), rows: z.int() })),
    }),
  } as const

  test('that only sends a request appears in the client without hand-written code', () => {
    const files = createGeneratedFiles({ ...operations, exportOwnUser: defineOperation(base) })
    expect(files['create-plain-operations.ts']).toContain("export: () => sendAsUser('GET /user/export/'),")
    expect(files['operations.ts']).toContain(
      "  /** Export one's own data. */\n  export(): Promise<ExportOwnUserAnswer>\n",
    )
    expect(files['router-record.ts']).toContain('export: Query<Nothing, ExportOwnUserAnswer>')
    expect(files['bodies.ts']).toContain(`/** The answer of \`client.user.export\`. */
export interface ExportOwnUserAnswer {
  /** ISO 8601 in UTC. */
  exported_at: string
  /** For the user. */
  note: string | null
  parts: { name: string; rows: number }[]
}
`)
  })

  test('in a new group brings the interface of the group', () => {
    const listed = { ...base, procedure: 'devices.list', path: '/devices/' } as const
    const files = createGeneratedFiles({ ...operations, listDevices: defineOperation(listed) })
    expect(files['operations.ts']).toContain('  readonly devices: DeviceOperations\n')
    expect(files['operations.ts']).toContain('export interface DeviceOperations {\n')
  })

  test('that gives tokens is refused until it is written by hand', () => {
    const signsIn = defineOperation({ ...base, refreshCookie: 'sets' })
    expect(() => createGeneratedFiles({ ...operations, exportOwnUser: signsIn })).toThrow(
      '"exportOwnUser" does more than send',
    )
  })
})
