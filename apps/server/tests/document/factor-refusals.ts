import { addPasskey, readClaims, softAuthenticator, storeFactors } from '@latchkey/testkit'
import type { Spoil } from './refusals.ts'
import type { Request, World } from './requests.ts'

/** For a session whose codes are locked, and which looks at none. */
const ANY_CODE = '000000'
/** A text that is no code: it is refused, and counts nowhere. */
const NO_CODE = 'abcdef'
/** The credential of nobody. It has the shape of one, and answers no ceremony. */
const CREDENTIAL = softAuthenticator().get({ challenge: 'x'.repeat(43) })

type Credential = typeof CREDENTIAL

const withJson =
  (changes: object): Spoil =>
  (_world, request) => ({ ...request, json: { ...(request.json as object), ...changes } })

const replaceJson =
  (json: object): Spoil =>
  (_world, request) => ({ ...request, json })

/** Asks a server on which something is turned off. */
const turnedOff =
  (name: string, json?: object): Spoil =>
  (_world, request) => ({
    ...request,
    ...(json && { json }),
    headers: { ...request.headers, 'user-agent': `fault ${name}` },
  })

const idOf = (request: Request) => readClaims(request.token ?? '').sub
const credentialOf = (request: Request) => (request.json as { credential: Credential }).credential

/** Changes the caller by a statement. */
const after =
  (change: (world: World, userId: string, request: Request) => Promise<unknown>): Spoil =>
  async (world, request) => {
    await change(world, request.token ? idOf(request) : '', request)
    return request
  }

const withBadSignature: Spoil = (_world, request) => {
  const credential = credentialOf(request)
  const response = { ...credential.response, signature: 'AAAA' }
  return { ...request, json: { ...(request.json as object), credential: { ...credential, response } } }
}

/** Spends all but one of the answers that the newest challenge allows. */
const nearlyExhausted =
  (wrong: Spoil): Spoil =>
  async (world, request, operation) => {
    await world.server.database.sql`update ceremonies set failures = 4
      where created_at = (select max(created_at) from ceremonies)`
    return wrong(world, request, operation)
  }

/** A short recovery code of a user counts as one that can be guessed, whatever its hash. */
const SHORT_CODE = '12345678'

/** Locks the codes of the user whose challenge is the newest one, in every place. */
const lockedSignIn =
  (counts: { in_window: number; in_a_row: number }, recovery = ''): Spoil =>
  async ({ server }, request) => {
    const { sql } = server.database
    await sql`insert into recovery_codes (user_id, code_hash, created_at)
      select user_id, 'hmac-sha256:', now() from ceremonies order by created_at desc limit 1
      on conflict do nothing`
    const { in_window, in_a_row } = counts
    await sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
      select c.user_id, scope || ${recovery}, now(), ${in_window}::int, ${in_a_row}::int
      from (select user_id from ceremonies order by created_at desc limit 1) c
      cross join lateral (
        select 'anywhere' as scope
        union select 'network ' || network from known_networks where user_id = c.user_id
      ) places`
    return recovery
      ? { ...request, json: { ...(request.json as object), recovery_code: SHORT_CODE } }
      : request
  }

/** Locks the codes of the caller's session. */
const lockedSession =
  (counts: { in_window: number; in_a_row: number }, recovery = ''): Spoil =>
  async ({ server }, request) => {
    const { sub, session } = readClaims(request.token ?? '')
    const { in_window, in_a_row } = counts
    await server.database
      .sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
      values (${sub}, ${`session ${session}${recovery}`}, now(), ${in_window}, ${in_a_row})`
    await server.database.sql`insert into recovery_codes (user_id, code_hash, created_at)
      values (${sub}, 'hmac-sha256:', now()) on conflict do nothing`
    return { ...request, json: recovery ? { recovery_code: SHORT_CODE } : { code: ANY_CODE } }
  }

const SPENT = { in_window: 10, in_a_row: 10 }
const LASTING = { in_window: 1, in_a_row: 100 }
/** What the place of an attempt ends with, when it was on a recovery code. */
const RECOVERY = ' recovery'

const withoutPasskeys = after(
  ({ server }, id) => server.database.sql`delete from passkeys where user_id = ${id}`,
)
const withoutFactor = after(
  ({ server }, id) => server.database.sql`update users set second_factor = false where id = ${id}`,
)
const withoutCeremonies = after(({ server }) => server.database.sql`delete from ceremonies`)
const asSuperuser = after(
  ({ server }, id) => server.database.sql`update users set role = 900 where id = ${id}`,
)
const withTwentyPasskeys = after(async ({ server }, id) => {
  for (let count = 0; count < 20; count += 1) await addPasskey(server, id)
})

/** Changes the owner of the passkey that signs in. */
const ofOwner = (change: 'email_verified' | 'is_active'): Spoil =>
  after(
    ({ server: { database } }, _id, request) =>
      database.sql`update users set ${database.sql(change)} = false
        where id = (select user_id from passkeys where credential_id = ${credentialOf(request).id})`,
  )

const UNKNOWN_CHALLENGE = withJson({ challenge_id: 'x'.repeat(43) })
const WRONG_TOTP: Spoil = (_world, request) => ({
  ...request,
  json: { ...(request.json as object), code: request.wrongCode },
})
const WRONG_RECOVERY = withJson({ recovery_code: 'zzz' })

/** What an operator may turn off. */
export const TURNED_OFF: Record<string, Spoil> = {
  '403 mfa_disabled': turnedOff('mfa_disabled'),
  '403 passkeys_disabled': turnedOff('passkeys_disabled'),
}

/** Spoils the requests of operations on second factors and passkeys. */
export const FACTOR_REFUSALS: Record<string, Spoil> = {
  'reauthenticate 400 invalid_code': replaceJson({ code: NO_CODE }),
  'reauthenticate 400 invalid_recovery_code': replaceJson({ recovery_code: 'zzz' }),
  'reauthenticate 400 passkey_refused': replaceJson({ credential: { ...CREDENTIAL, id: 'AAAA' } }),
  'reauthenticate 400 challenge_invalid': replaceJson({ credential: CREDENTIAL }),
  'reauthenticate 403 totp_locked': lockedSession(LASTING),
  'reauthenticate 403 recovery_codes_locked': lockedSession(LASTING, RECOVERY),
  'reauthenticate 403 mfa_disabled': turnedOff('mfa_disabled', { code: ANY_CODE }),
  'reauthenticate 403 passkeys_disabled': turnedOff('passkeys_disabled', { credential: CREDENTIAL }),
  'reauthenticate 429 mfa_locked': lockedSession(SPENT),
  'reauthenticate_options 400 no_second_factor': withoutPasskeys,
  'jwt_allauth_mfa_setup 400 totp_already_active': after(({ server }, id) =>
    storeFactors(server, id, { totp: true, on: false }),
  ),
  'jwt_allauth_mfa_activate 400 setup_not_initiated': after(
    ({ server }, id) => server.database.sql`delete from totp_factors where user_id = ${id}`,
  ),
  'jwt_allauth_mfa_activate 400 invalid_code': withJson({ code: NO_CODE }),
  'jwt_allauth_mfa_verify 400 challenge_invalid': UNKNOWN_CHALLENGE,
  'jwt_allauth_mfa_verify 400 invalid_code': withJson({ code: NO_CODE }),
  'jwt_allauth_mfa_verify 400 challenge_exhausted': nearlyExhausted(WRONG_TOTP),
  'jwt_allauth_mfa_verify 403 totp_locked': lockedSignIn(LASTING),
  'jwt_allauth_mfa_verify 429 mfa_locked': lockedSignIn(SPENT),
  'jwt_allauth_mfa_verify_recovery 400 challenge_invalid': UNKNOWN_CHALLENGE,
  'jwt_allauth_mfa_verify_recovery 400 invalid_recovery_code': WRONG_RECOVERY,
  'jwt_allauth_mfa_verify_recovery 400 challenge_exhausted': nearlyExhausted(WRONG_RECOVERY),
  'jwt_allauth_mfa_verify_recovery 403 recovery_codes_locked': lockedSignIn(LASTING, RECOVERY),
  'jwt_allauth_mfa_verify_recovery 429 mfa_locked': lockedSignIn(SPENT, RECOVERY),
  'mfa_verify_passkey 400 challenge_invalid': UNKNOWN_CHALLENGE,
  'mfa_verify_passkey 400 passkey_refused': withBadSignature,
  'mfa_verify_passkey 400 challenge_exhausted': nearlyExhausted(withBadSignature),
  'mfa_enable 400 no_second_factor': withoutPasskeys,
  'mfa_recovery_codes 400 no_second_factor': withoutFactor,
  'jwt_allauth_mfa_deactivate 400 invalid_password': withJson({ password: 'wrong' }),
  'jwt_allauth_mfa_deactivate 400 totp_not_active': withoutFactor,
  'jwt_allauth_mfa_deactivate 403 mfa_required': asSuperuser,
  'passkeys_sign_in 400 challenge_invalid': withoutCeremonies,
  'passkeys_sign_in 401 unknown_passkey': after(
    ({ server }, _id, request) =>
      server.database.sql`delete from passkeys where credential_id = ${credentialOf(request).id}`,
  ),
  'passkeys_sign_in 401 incorrect_credentials': withBadSignature,
  'passkeys_sign_in 401 email_not_verified': ofOwner('email_verified'),
  'passkeys_sign_in 401 no_active_account': ofOwner('is_active'),
  'passkeys_register_options 400 too_many_passkeys': withTwentyPasskeys,
  'passkeys_register 400 challenge_invalid': withoutCeremonies,
  'passkeys_register 400 passkey_refused': (_world, request) => {
    const credential = (request.json as { credential: { response: object } }).credential
    const response = { ...credential.response, attestationObject: 'AAAA' }
    return { ...request, json: { credential: { ...credential, response } } }
  },
  'passkeys_register 400 too_many_passkeys': withTwentyPasskeys,
  'passkeys_delete 403 mfa_required': asSuperuser,
}
