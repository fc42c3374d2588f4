import { authenticate } from '@latchkey/core'
import { connectIdentity } from '@latchkey/core/operations/social/connect-identity'
import { newEmail, type Person, readClaims } from '@latchkey/testkit'
import { cookieOf } from '../mail/mail-server.ts'
import { makeVerifier } from '../social/redirect-browser.ts'
import { say, WORD_PROVIDER } from '../social/word-provider.ts'
import type { Spoil } from './refusals.ts'
import { type Make, type Request, send, type World } from './requests.ts'

const RETURN_TO = 'https://app.example.com/signed-in'

/** What a server needs, so that {@link SOCIAL_REQUESTS} reach a provider and come back. */
export const WITH_PROVIDER = { providers: WORD_PROVIDER, config: { providerReturnUrls: [RETURN_TO] } }

const asToken = (credential: string) => ({ id_token: credential })
const asCode = (credential: string) => ({
  code: credential,
  callback_url: 'https://app.example.com/callback',
  code_verifier: 'v'.repeat(43),
})

const newSubject = () => `subject-${crypto.randomUUID()}`

/** Connects an account to a person, and returns its subject and its id. */
async function connect({ server }: World, { tokens }: Person) {
  const subject = newSubject()
  const identity = await authenticate(server.ctx, tokens.access)
  const said = { subject, formerSubject: null, email: null, isVouched: false, mayLink: true }
  const names = { firstName: '', lastName: '' }
  const { id } = await connectIdentity(server.ctx, identity, { provider: 'google', ...said, ...names })
  return { subject, id }
}

/** A network of its own, where the server counts calls of networks and reads this header. */
const comeFromElsewhere = () => ({ 'x-forwarded-for': `2001:db9:${crypto.randomUUID().slice(0, 4)}::1` })

/** Begins a redirect, and gives what the provider sends back with a credential, and the verifier of the app. */
async function goToProvider(world: World, credential: string) {
  const { verifier, challenge } = makeVerifier()
  const wanted = new URLSearchParams({ return_to: RETURN_TO, code_challenge: challenge })
  const path = `/social/google/start/?${wanted}`
  const started = await send(world, 'GET', { path, headers: comeFromElsewhere() })
  const { searchParams } = new URL(started.headers.get('location') ?? '')
  searchParams.set('code', credential)
  return { path, returned: searchParams, headers: { cookie: cookieOf(started) }, verifier }
}

/** Goes through a redirect, and gives what the app redeems. */
async function asRedeemed(world: World, credential: string) {
  const { returned, headers, verifier } = await goToProvider(world, credential)
  const finished = await send(world, 'GET', {
    path: `/social/google/callback/?${returned}`,
    headers: { ...headers, ...comeFromElsewhere() },
  })
  const { searchParams } = new URL(finished.headers.get('location') ?? '')
  return { code: searchParams.get('code') ?? '', code_verifier: verifier }
}

const newAccount = () => say({ subject: newSubject(), email: newEmail() })

const redeem: Make = async (world) => ({ json: await asRedeemed(world, newAccount()) })

const come =
  (path: string, write: (credential: string) => object): Make =>
  () => ({ path, json: write(newAccount()) })

/** Completes the requests of operations on accounts at providers. */
export const SOCIAL_REQUESTS: Record<string, Make> = {
  jwt_allauth_social_token_login: come('/social/google/token/', asToken),
  jwt_allauth_social_code_login: come('/social/google/code/', asCode),
  jwt_allauth_social_token_connect: come('/social/google/connect/token/', asToken),
  jwt_allauth_social_code_connect: come('/social/google/connect/code/', asCode),
  social_session: redeem,
  social_connect: redeem,
  social_start: async (world) => ({ path: (await goToProvider(world, newAccount())).path }),
  social_callback: async (world) => {
    const { returned, headers } = await goToProvider(world, newAccount())
    return { path: `/social/google/callback/?${returned}`, headers }
  },
  social_callback_post: async (world) => {
    const { returned } = await goToProvider(world, newAccount())
    return { path: '/social/google/callback/', form: Object.fromEntries(returned) }
  },
  jwt_allauth_social_disconnect: async (world, person) => ({
    path: `/social/accounts/${(await connect(world, person)).id}/`,
  }),
}

const withCredential =
  (credential: (world: World, request: Request) => string | Promise<string>): Spoil =>
  async (world, request) => {
    const text = await credential(world, request)
    const fields = request.json as object
    if ('callback_url' in fields) return { ...request, json: asCode(text) }
    return { ...request, json: 'code' in fields ? await asRedeemed(world, text) : asToken(text) }
  }

const refusedAs = (code: string) => withCredential(() => `refuse ${code}`)

/** Makes a person, changed by a statement, to whom an account of the provider is connected. */
const ofConnected = (change: (world: World, userId: string) => Promise<unknown>) =>
  withCredential(async (world) => {
    const { createPerson } = await import('./requests.ts')
    const person = await createPerson(world)
    const { subject } = await connect(world, person)
    await change(world, person.userId)
    return say({ subject })
  })

const ofHolder = (isProven: boolean) =>
  withCredential(async (world) => {
    const { createPerson } = await import('./requests.ts')
    const person = await createPerson(world)
    await connect(world, person)
    await world.server.database.sql`update users set email_verified = ${isProven} where id = ${person.userId}`
    return say({ subject: newSubject(), email: person.email })
  })

const toUnknownProvider: Spoil = (_world, request) => ({
  ...request,
  path: request.path.replace('google', 'nobody'),
})

const CREDENTIAL: Record<string, Spoil> = {
  '404 provider_not_configured': toUnknownProvider,
  '400 flow_not_supported': refusedAs('flow_not_supported'),
  '401 client_id_mismatch': refusedAs('client_id_mismatch'),
  '401 invalid_social_token': withCredential(() => 'nothing of the provider'),
  '503 provider_unavailable': refusedAs('provider_unavailable'),
}

const TOKEN: Record<string, Spoil> = {
  ...CREDENTIAL,
  '400 token_required': (_world, request) => ({ ...request, json: {} }),
}

const CODE: Record<string, Spoil> = {
  ...CREDENTIAL,
  '400 callback_url_not_allowed': refusedAs('callback_url_not_allowed'),
}

const ACCOUNT: Record<string, Spoil> = {
  '400 provider_email_unverified': withCredential(() => say({ subject: newSubject() })),
  '409 email_already_registered': ofHolder(true),
  '409 local_account_unverified': ofHolder(false),
  '401 email_not_verified': ofConnected(
    ({ server }, id) => server.database.sql`update users set email_verified = false where id = ${id}`,
  ),
  '401 no_active_account': ofConnected(
    ({ server }, id) => server.database.sql`update users set is_active = false where id = ${id}`,
  ),
}

const CONNECT: Record<string, Spoil> = {
  '409 social_account_in_use': ofConnected(async () => {}),
  '400 too_many_connections': async ({ server }, request) => {
    await server.database.sql`insert into connections (id, user_id, provider, uid, created_at, last_login)
      select gen_random_uuid(), ${readClaims(request.token ?? '').sub}, 'google', gen_random_uuid()::text, now(), now()
      from generate_series(1, 20)`
    return request
  },
}

/** Takes the password of the caller away. */
const withoutPassword: Spoil = async ({ server }, request) => {
  const { sub } = readClaims(request.token ?? '')
  await server.database.sql`update users set password_hash = '!' where id = ${sub}`
  return request
}

const withUnknownCode: Spoil = (_world, request) => ({
  ...request,
  json: { ...(request.json as object), code: 'x'.repeat(43) },
})

const withoutQuery: Spoil = (_world, request) => ({ ...request, path: request.path.replace(/\?.*/, '') })

const asPerson =
  (spoil: Spoil): Spoil =>
  async (...all) => {
    const spoilt = await spoil(...all)
    return { ...spoilt, headers: { ...spoilt.headers, accept: 'text/html' } }
  }

const named = (operationId: string, spoils: Record<string, Spoil>) =>
  Object.fromEntries(Object.entries(spoils).map(([kind, spoil]) => [`${operationId} ${kind}`, spoil]))

/** Makes the requests that get the refusals of accounts at providers. */
export const SOCIAL_REFUSALS: Record<string, Spoil> = {
  ...named('jwt_allauth_social_token_login', { ...TOKEN, ...ACCOUNT }),
  ...named('jwt_allauth_social_code_login', { ...CODE, ...ACCOUNT }),
  ...named('jwt_allauth_social_token_connect', { ...TOKEN, ...CONNECT }),
  ...named('jwt_allauth_social_code_connect', { ...CODE, ...CONNECT }),
  ...named('social_session', { ...ACCOUNT, '401 token_not_valid': withUnknownCode }),
  ...named('social_connect', { ...CONNECT, '400 challenge_invalid': withUnknownCode }),
  'social_start 400 field_errors': withoutQuery,
  'social_start 400 page': asPerson(withoutQuery),
  'social_callback 400 page': asPerson(withoutQuery),
  'social_callback_post 400 page': (_world, request) => ({ ...request, form: { state: 'x' } }),
  'jwt_allauth_social_disconnect 400 disconnect_not_allowed': withoutPassword,
  'passkeys_delete 400 disconnect_not_allowed': withoutPassword,
  'reauthenticate 400 no_usable_password': withoutPassword,
  'user_delete 400 no_usable_password': withoutPassword,
  'email_change 400 no_usable_password': withoutPassword,
  'rest_password_change 400 no_usable_password': withoutPassword,
  'jwt_allauth_mfa_deactivate 400 no_usable_password': withoutPassword,
}
