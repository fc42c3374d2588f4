import { signUp } from '@latchkey/testkit'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { resolveReferences } from './document/document.ts'
import { OPERATIONS } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

interface DocumentedOperation {
  operationId: string
  security?: object[]
  requestBody?: { content: Record<string, { schema: { properties: object; required?: string[] } }> }
  responses: Record<
    string,
    {
      headers?: Record<string, unknown>
      content?: Record<string, { examples?: Record<string, { value: unknown }> }>
    }
  >
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, DocumentedOperation>>
  security: object[]
  components: Record<string, Record<string, unknown>>
}

/** Written by hand from the contract, because a derived document cannot check itself. */
const CONTRACT = [
  ['post', '/login/', 'rest_login'],
  ['post', '/refresh/', 'token_refresh'],
  ['post', '/logout/', 'rest_logout'],
  ['post', '/logout-all/', 'rest_logout_all'],
  ['post', '/reauthenticate/', 'reauthenticate'],
  ['post', '/reauthenticate/options/', 'reauthenticate_options'],
  ['get', '/mfa/', 'mfa_status'],
  ['get', '/mfa/authenticators/', 'jwt_allauth_mfa_authenticators'],
  ['post', '/mfa/setup/', 'jwt_allauth_mfa_setup'],
  ['post', '/mfa/activate/', 'jwt_allauth_mfa_activate'],
  ['post', '/mfa/verify/', 'jwt_allauth_mfa_verify'],
  ['post', '/mfa/verify-recovery/', 'jwt_allauth_mfa_verify_recovery'],
  ['post', '/mfa/verify-passkey/', 'mfa_verify_passkey'],
  ['post', '/mfa/enable/', 'mfa_enable'],
  ['post', '/mfa/recovery-codes/', 'mfa_recovery_codes'],
  ['post', '/mfa/deactivate/', 'jwt_allauth_mfa_deactivate'],
  ['post', '/passkeys/sign-in/options/', 'passkeys_sign_in_options'],
  ['post', '/passkeys/sign-in/', 'passkeys_sign_in'],
  ['post', '/passkeys/options/', 'passkeys_register_options'],
  ['post', '/passkeys/', 'passkeys_register'],
  ['get', '/passkeys/', 'passkeys_list'],
  ['patch', '/passkeys/{id}/', 'passkeys_rename'],
  ['delete', '/passkeys/{id}/', 'passkeys_delete'],
  ['get', '/social/providers/', 'jwt_allauth_social_providers'],
  ['post', '/social/{provider}/token/', 'jwt_allauth_social_token_login'],
  ['post', '/social/{provider}/code/', 'jwt_allauth_social_code_login'],
  ['post', '/social/{provider}/connect/token/', 'jwt_allauth_social_token_connect'],
  ['post', '/social/{provider}/connect/code/', 'jwt_allauth_social_code_connect'],
  ['get', '/social/accounts/', 'jwt_allauth_social_accounts'],
  ['delete', '/social/accounts/{id}/', 'jwt_allauth_social_disconnect'],
  ['post', '/social/session/', 'social_session'],
  ['post', '/social/connect/', 'social_connect'],
  ['post', '/password/change/', 'rest_password_change'],
  ['get', '/user/', 'rest_user_details'],
  ['put', '/user/', 'rest_user_details_update'],
  ['patch', '/user/', 'rest_user_details_partial_update'],
  ['post', '/registration/', 'rest_register'],
  ['get', '/sessions/', 'sessions_list'],
  ['delete', '/sessions/{id}/', 'sessions_revoke'],
  ['post', '/user/delete/', 'user_delete'],
  ['get', '/registration/verification/{key}/', 'account_confirm_email'],
  ['post', '/registration/resend-email/', 'rest_resend_email'],
  ['post', '/password/reset/', 'rest_password_reset'],
  ['post', '/password/reset/set-new/', 'rest_password_reset_set_new'],
  ['post', '/email/change/', 'email_change'],
  ['get', '/email/change/', 'email_change_pending'],
  ['delete', '/email/change/', 'email_change_cancel'],
  ['get', '/email/change/confirm/{key}/', 'email_change_confirm'],
  ['get', '/security-events/', 'security_events_list'],
  ['get', '/staff/users/', 'staff_users_list'],
  ['post', '/staff/users/', 'staff_users_create'],
  ['get', '/staff/users/{id}/', 'staff_users_get'],
  ['delete', '/staff/users/{id}/', 'staff_users_delete'],
  ['post', '/staff/users/{id}/deactivate/', 'staff_users_deactivate'],
  ['post', '/staff/users/{id}/reactivate/', 'staff_users_reactivate'],
  ['post', '/staff/users/{id}/role/', 'staff_users_set_role'],
  ['post', '/staff/users/{id}/reset/', 'staff_users_send_reset'],
  ['post', '/staff/users/{id}/reset-factors/', 'staff_users_reset_factors'],
  ['get', '/staff/users/{id}/sessions/', 'staff_sessions_list'],
  ['delete', '/staff/users/{id}/sessions/', 'staff_sessions_end_all'],
  ['delete', '/staff/users/{id}/sessions/{session_id}/', 'staff_sessions_end'],
  ['get', '/staff/users/{id}/events/', 'staff_events_list'],
] as const

/** The pages of the contract, which have no procedure. */
const PAGES = [
  ['get', '/password/reset/confirm/{uidb64}/{token}/', 'password_reset_confirm'],
  ['get', '/password/reset/default/', 'default_password_reset'],
  ['get', '/password/reset/complete/', 'jwt_allauth_password_reset_complete'],
  ['get', '/registration/account_email_verification_sent/', 'account_email_verification_sent'],
  ['get', '/registration/verified/', 'jwt_allauth_email_verified'],
  ['get', '/email/change/complete/', 'email_change_complete'],
  ['get', '/social/{provider}/start/', 'social_start'],
  ['get', '/social/{provider}/callback/', 'social_callback'],
  ['post', '/social/{provider}/callback/', 'social_callback_post'],
] as const

/** The paths for machines. */
const SYSTEM = [
  ['get', '/healthz', 'healthz'],
  ['get', '/readyz', 'readyz'],
  ['get', '/.well-known/jwks.json', 'jwks'],
] as const

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startTestServer({ settings: { emailVerification: 'optional' } })
  document = (await call(`${server.url}/openapi.json`)).body as Document
})
afterAll(() => server.close())

function find(method: string, path: string): DocumentedOperation {
  const operation = document.paths[path]?.[method]
  if (!operation) throw new Error(`${method} ${path} is not documented.`)
  return resolveReferences(document, operation)
}

const exampleOf = (operation: DocumentedOperation, status: number, code: string) =>
  operation.responses[status]?.content?.['application/json']?.examples?.[code]?.value
const securityOf = (method: string, path: string) => find(method, path).security ?? document.security

it('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate({ ...structuredClone(document) })
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(document.openapi).toMatch(/^3\.1\./)
})

it('the document has the paths and operations of the contract, and no others', () => {
  const documented = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  )
  const known = [...CONTRACT, ...PAGES, ...SYSTEM].map((operation) => operation.join(' '))
  expect(documented.sort()).toEqual(known.sort())
  expect(OPERATIONS).toHaveLength(CONTRACT.length)
})

it('the document says who may call each operation', () => {
  const open = CONTRACT.filter(([method, path]) => securityOf(method, path).length === 0)
  expect(open.map(([, path]) => path)).toEqual([
    '/login/',
    '/refresh/',
    '/mfa/verify/',
    '/mfa/verify-recovery/',
    '/mfa/verify-passkey/',
    '/passkeys/sign-in/options/',
    '/passkeys/sign-in/',
    '/social/providers/',
    '/social/{provider}/token/',
    '/social/{provider}/code/',
    '/social/session/',
    '/registration/',
    '/registration/verification/{key}/',
    '/registration/resend-email/',
    '/password/reset/',
    '/email/change/confirm/{key}/',
  ])
  expect(securityOf('post', '/password/reset/set-new/')).toEqual([{ resetCookie: [] }, {}])
  expect(securityOf('post', '/mfa/setup/')).toEqual([{ bearer: [] }, {}])
  expect(securityOf('get', '/user/')).toEqual([{ bearer: [] }])
})

it('the document describes bodies as JSON', () => {
  const { content } = find('post', '/registration/').requestBody ?? { content: {} }
  expect(Object.keys(content)).toEqual(['application/json'])
  expect(content['application/json']?.schema.required).toEqual([
    'email',
    'password1',
    'password2',
    'first_name',
    'last_name',
  ])
  expect(find('patch', '/user/').requestBody?.content['application/json']?.schema.required).toBeUndefined()
  expect(find('post', '/logout-all/').requestBody).toBeUndefined()
})

describe('success', () => {
  it.each([
    ['post', '/registration/', '201'],
    ['post', '/login/', '200'],
    ['delete', '/sessions/{id}/', '204'],
    ['post', '/user/delete/', '204'],
  ])('%s %s is %s', (method, path, status) => {
    const successes = Object.keys(find(method, path).responses).filter((known) => known.startsWith('2'))
    expect(successes).toEqual([status])
  })
})

describe('the documented answer to a browser', () => {
  it('is a redirect for a link that works, and a page or JSON for a dead link', () => {
    for (const path of ['/registration/verification/{key}/', '/email/change/confirm/{key}/']) {
      const { responses } = find('get', path)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['302', '404']))
      expect(responses['302']?.headers).toHaveProperty('Location')
      expect(responses['302']?.content).toBeUndefined()
      expect(Object.keys(responses['404']?.content ?? {})).toEqual(['application/json', 'text/html'])
    }
  })

  it('is a redirect with the cookie for a reset link', () => {
    const { responses } = find('get', '/password/reset/confirm/{uidb64}/{token}/')
    expect(Object.keys(responses['302']?.headers ?? {})).toEqual(
      expect.arrayContaining(['Location', 'Set-Cookie']),
    )
    expect(Object.keys(responses['200']?.content ?? {})).toEqual(['text/html'])
  })

  it('is the next page, or the form again, for a form', () => {
    const { responses } = find('post', '/password/reset/set-new/')
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '303', '400', '401', '403']))
    expect(Object.keys(responses['400']?.content ?? {})).toContain('text/html')
    expect(exampleOf(find('post', '/password/reset/set-new/'), 403, 'csrf_failed')).toMatchObject({
      code: 'csrf_failed',
    })
  })

  it('depends on the settings', async () => {
    const other = await startTestServer({
      settings: {
        emailVerification: 'optional',
        emailLinkButton: true,
        passwordResetRedirect: '/new',
        emailVerifiedRedirect: '/verified',
      },
    })
    const served = (await call(`${other.url}/openapi.json`)).body as Document
    await other.close()
    const paths = resolveReferences(served, served.paths)
    const pages = PAGES.filter(([, path]) => path in paths)
    expect(pages.map(([, , id]) => id)).toEqual([
      'password_reset_confirm',
      'account_email_verification_sent',
      'social_start',
      'social_callback',
      'social_callback_post',
    ])
    const link = paths['/registration/verification/{key}/'] ?? {}
    expect(Object.keys(link.get?.responses['200']?.content ?? {})).toEqual(['text/html'])
    expect(Object.keys(link.post?.responses ?? {})).toContain('303')
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/registration/verification/', '/email/change/confirm/']),
    )
  })
})

describe('the server gives the documented refusal for', () => {
  it('wrong credentials', async () => {
    const answer = await call(`${server.url}/login/`, { json: { email: 'x', password: 'y' } })
    expect(answer.body).toEqual(exampleOf(find('post', '/login/'), 401, 'incorrect_credentials'))
  })

  it('no credentials, and an expired token', async () => {
    const operation = find('get', '/user/')
    expect((await call(`${server.url}/user/`)).body).toEqual(exampleOf(operation, 401, 'not_authenticated'))
    const { tokens } = await signUp(server.ctx)
    server.clock.seconds += 1801
    const expired = await call(`${server.url}/user/`, { token: tokens.access })
    expect(expired.body).toEqual(exampleOf(operation, 401, 'token_not_valid'))
    server.clock.seconds = 0
  })

  it('a bad refresh token at logout', async () => {
    const { tokens } = await signUp(server.ctx)
    const answer = await call(`${server.url}/logout/`, { json: { refresh: 'x' }, token: tokens.access })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual(exampleOf(find('post', '/logout/'), 400, 'invalid_refresh_token'))
  })
})

describe('/docs', () => {
  it('renders the document and loads nothing from other sites', async () => {
    const page = await call(`${server.url}/docs`)
    const script = await call(`${server.url}/docs/page.js`)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text + script.text).not.toMatch(/https?:|\/\/[a-z]/i)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    const assets = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
    expect(assets).toContain('/docs/swagger-ui-bundle.js')
    for (const path of assets) expect((await call(server.url + path)).status).toBe(200)
  })
})

it('the index lists the addresses of the server, and each address answers', async () => {
  const { body } = await call(`${server.url}/`)
  expect(body).toMatchObject({ name: 'Latchkey', docs: '/docs', openapi: '/openapi.json' })
  const jwks = await call(`${server.url}/.well-known/jwks.json`)
  expect(jwks.headers.get('cache-control')).toContain('max-age')
  const { keys } = jwks.body as { keys: Record<string, unknown>[] }
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(key).not.toHaveProperty('d')
})
