import { type Need, REFERENCE_SETTINGS, REFUSALS, type RefusalWords } from '@latchkey/contract'
import type { AuditKind } from '@latchkey/core'
import { listCodes } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { readContractSettings } from '../../src/doors/contract-settings.ts'
import { listRefusals } from '../../src/doors/docs/openapi/refusals.ts'
import { listEndpoints } from '../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../src/procedures/router.ts'
import { ENDPOINTS, EVERYTHING, findRow, PAGE, rowsOf } from './contract-page.ts'
import { createDocument, type JsonSchema, listOperations } from './document.ts'

const KINDS: Record<AuditKind, true> = {
  registered: true,
  login: true,
  login_challenged: true,
  reauthenticated: true,
  factors_reset: true,
  second_factor_enabled: true,
  second_factor_disabled: true,
  second_factor_failed: true,
  second_factor_locked: true,
  totp_activated: true,
  recovery_code_used: true,
  recovery_codes_replaced: true,
  passkey_added: true,
  passkey_removed: true,
  passkey_renamed: true,
  passkey_counter: true,
  connection_added: true,
  connection_removed: true,
  login_failed: true,
  refresh_replayed: true,
  session_moved_in: true,
  refresh_grace: true,
  proof_refused: true,
  refresh_late: true,
  logout: true,
  logout_all: true,
  session_revoked: true,
  sessions_ended: true,
  sessions_displaced: true,
  password_changed: true,
  password_reset: true,
  password_reset_sent: true,
  email_change_requested: true,
  email_change_cancelled: true,
  email_verified: true,
  email_changed: true,
  role_changed: true,
  account_created: true,
  account_deactivated: true,
  account_reactivated: true,
  account_deleted: true,
  throttled: true,
}

/** Names some operations, as the page names them. */
function nameAll(isMeant: (meta: (typeof ENDPOINTS)[number][1]['meta']) => boolean): string {
  return ENDPOINTS.filter(([, { meta }]) => isMeant(meta))
    .map(([name]) => `\`${name}\``)
    .join(', ')
}

/** The operations that ask for a recent proof. */
const RECENT = nameAll((meta) => meta.recent !== undefined)

/** The operations that look at a proof of a key, by what it does. */
const PROVING = {
  binds: nameAll((meta) => meta.proofUse === 'binds'),
  refreshes: nameAll((meta) => meta.proofUse === 'refreshes'),
}

/** The operations that need a part of the server which its operator may turn off. */
const NEEDING: Record<Need, string> = {
  mfa: nameAll((meta) => meta.needs?.includes('mfa') ?? false),
  passkeys: nameAll((meta) => meta.needs?.includes('passkeys') ?? false),
}

describe('the tables of operations', () => {
  it('have one row for every operation, and no other row', () => {
    const written = rowsOf('operation').map(([operation]) => listCodes(operation).join())
    expect(written.sort()).toEqual(ENDPOINTS.map(([name]) => name).sort())
  })

  it.each(ENDPOINTS)('describe %s as the router does', (name, endpoint) => {
    const { operationId, procedurePath, meta, status } = endpoint
    const refusals = meta.refusals.map((code) => `\`${code}\``).join(' ') || '–'
    const facts = [
      `\`${operationId}\``,
      `\`${procedurePath}\``,
      `\`${meta.access}\``,
      String(status),
      refusals,
    ]
    expect(findRow('operation', `\`${name}\``)?.slice(1)).toEqual(facts)
  })

  it.each(ENDPOINTS)('list the refusals of %s, with those of its access', (name, endpoint) => {
    const cells = [
      findRow('operation', `\`${name}\``)?.[5],
      findRow('access', `\`${endpoint.meta.access}\``)?.[2],
      findRow('which operations', 'all')?.[1],
      endpoint.method === 'GET' ? '' : findRow('which operations', 'all but `GET`')?.[1],
      endpoint.meta.recent ? findRow('which operations', RECENT)?.[1] : '',
      endpoint.meta.proofUse ? findRow('which operations', PROVING[endpoint.meta.proofUse])?.[1] : '',
      ...(endpoint.meta.needs ?? []).map((need) => findRow('which operations', NEEDING[need])?.[1]),
    ]
    const known = new Set(listRefusals(endpoint, REFERENCE_SETTINGS).map(({ code }) => code))
    expect(new Set(cells.flatMap(listCodes))).toEqual(known)
  })
})

describe('the sections of the page', () => {
  const operations = listOperations(createDocument(EVERYTHING))

  it.each(ENDPOINTS)('name every field of %s and its answer', (name, { operationId, procedure }) => {
    const section =
      PAGE.split(/^## /m).find((text) => text.includes(`| \`${name}\` | \`${operationId}\` |`)) ?? ''
    const { responses = {} } = operations.find((operation) => operation.operationId === operationId) ?? {}
    const answers = [responses[200], responses[201]].map((one) => one?.content?.['application/json']?.schema)
    const [input] = procedure._def.inputs as unknown as [{ shape?: object }]
    const fields = [...Object.keys(input.shape ?? {}), ...answers.flatMap(listNames)]
    expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(section))).toEqual([])
  })
})

/** The names of all properties of a schema, those of its lists too. */
function listNames(schema: JsonSchema | undefined): string[] {
  const properties = Object.entries((schema?.properties ?? {}) as Record<string, JsonSchema>)
  const items = schema?.items as JsonSchema | undefined
  return [
    ...properties.flatMap(([name, property]) => [name, ...listNames(property)]),
    ...(items ? listNames(items) : []),
  ]
}

it('the table of refusals has every code, with status, tRPC name and sentence, and no other code', () => {
  const written = rowsOf('code').map((cells) => cells.map((cell) => cell.replace(/^`(.*)`$/, '$1')))
  const known = Object.entries<RefusalWords>(REFUSALS).map(
    ([code, { sentence, status, trpc, as = code }]) => [code, as, String(status), trpc, sentence],
  )
  expect(written.sort()).toEqual(known.sort())
})

it('the table of cookie mode has every operation that touches the cookie, with its effect', () => {
  const touching = listEndpoints(createRouter(readContractSettings(EVERYTHING))).filter(
    ({ meta }) => meta.refreshCookie,
  )
  const known = touching.map(({ operationId, meta }) => `${operationId} ${meta.refreshCookie}`)
  const written = rowsOf('operationId', 'cookie').map(([id, how]) => `${listCodes(id)} ${listCodes(how)}`)
  expect(written.sort()).toEqual(known.sort())
})

it('the table of events has every kind, and no other kind', () => {
  const written = rowsOf('kind').flatMap(([kind]) => listCodes(kind))
  expect(written.sort()).toEqual(Object.keys(KINDS).sort())
})
