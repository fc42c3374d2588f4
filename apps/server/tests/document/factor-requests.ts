import { authenticate } from '@latchkey/core'
import { login } from '@latchkey/core/operations/auth/login'
import { activateTotp } from '@latchkey/core/operations/mfa/activate-totp'
import { enableSecondFactor } from '@latchkey/core/operations/mfa/enable-second-factor'
import { setUpTotp } from '@latchkey/core/operations/mfa/set-up-totp'
import { describePasskeyRegistration } from '@latchkey/core/operations/passkeys/describe-passkey-registration'
import { describePasskeySignIn } from '@latchkey/core/operations/passkeys/describe-passkey-sign-in'
import { registerPasskey } from '@latchkey/core/operations/passkeys/register-passkey'
import {
  addPasskey,
  type Person,
  raiseLevel,
  softAuthenticator,
  totpCode,
  wrongTotpCode,
} from '@latchkey/testkit'
import type { Make, World } from './requests.ts'

const identityOf = ({ server }: World, { tokens }: Person) => authenticate(server.ctx, tokens.access)

async function askSecret(world: World, person: Person): Promise<string> {
  const identity = await identityOf(world, person)
  return (await setUpTotp(world.server.ctx, { by: { identity } })).secret
}

/** Sets up an authenticator app. Returns its secret and a recovery code. */
async function activateApp(world: World, person: Person) {
  const { ctx, clock } = world.server
  const secret = await askSecret(world, person)
  const by = { identity: await identityOf(world, person) }
  const { recoveryCodes } = await activateTotp(ctx, { by, code: totpCode(secret, clock) })
  return { secret, code: recoveryCodes?.[0] ?? '' }
}

/** Signs in up to the challenge. */
async function halfLogin({ server }: World, { email, password }: Person) {
  const answer = await login(server.ctx, { email, password })
  if (!('challengeId' in answer)) throw new Error('The sign-in asked for no second factor.')
  return answer
}

async function askCreation(world: World, person: Person) {
  const identity = await identityOf(world, person)
  return describePasskeyRegistration(world.server.ctx, { by: { identity } })
}

/** Adds a passkey whose authenticator answers. */
async function registerDevice(world: World, person: Person) {
  const device = softAuthenticator()
  const credential = device.create(await askCreation(world, person))
  await registerPasskey(world.server.ctx, { by: { identity: await identityOf(world, person) }, credential })
  return device
}

/** Adds a passkey that nobody can answer with, and returns the path of it. */
async function storePasskey({ server }: World, { userId }: Person): Promise<string> {
  const credentialId = await addPasskey(server, userId)
  return `/passkeys/${credentialId.replace(/^credential-/, '')}/`
}

/** Turns the second factor on, and raises the session of the caller. */
async function turnOn(world: World, person: Person): Promise<void> {
  await storePasskey(world, person)
  await raiseLevel(world.server, person.sessionId)
  await world.server.database.sql`update users set second_factor = true where id = ${person.userId}`
}

const withPasskey: Make = async (world, person) => {
  await storePasskey(world, person)
  return {}
}

/** Completes the requests of operations on second factors and passkeys. */
export const FACTOR_REQUESTS: Record<string, Make> = {
  jwt_allauth_mfa_setup: () => ({ json: {} }),
  jwt_allauth_mfa_activate: async (world, person) => ({
    json: { code: totpCode(await askSecret(world, person), world.server.clock) },
  }),
  jwt_allauth_mfa_verify: async (world, person) => {
    const { secret } = await activateApp(world, person)
    const { challengeId: challenge_id } = await halfLogin(world, person)
    const { clock } = world.server
    const json = { challenge_id, code: totpCode(secret, clock, 1) }
    return { json, wrongCode: wrongTotpCode(secret, clock) }
  },
  jwt_allauth_mfa_verify_recovery: async (world, person) => {
    const { code } = await activateApp(world, person)
    const { challengeId: challenge_id } = await halfLogin(world, person)
    return { json: { challenge_id, recovery_code: code } }
  },
  mfa_verify_passkey: async (world, person) => {
    const device = await registerDevice(world, person)
    await enableSecondFactor(world.server.ctx, { identity: await identityOf(world, person) })
    const { challengeId: challenge_id, passkeyOptions } = await halfLogin(world, person)
    return { json: { challenge_id, credential: device.get(passkeyOptions ?? { challenge: '' }) } }
  },
  mfa_enable: withPasskey,
  reauthenticate_options: withPasskey,
  mfa_recovery_codes: async (world, person) => {
    await turnOn(world, person)
    return {}
  },
  jwt_allauth_mfa_deactivate: async (world, person) => {
    await turnOn(world, person)
    return { json: { password: person.password } }
  },
  passkeys_sign_in: async (world, person) => {
    const device = await registerDevice(world, person)
    return { json: { credential: device.get(await describePasskeySignIn(world.server.ctx)) } }
  },
  passkeys_register_options: () => ({ json: {} }),
  passkeys_register: async (world, person) => ({
    json: { credential: softAuthenticator().create(await askCreation(world, person)) },
  }),
  passkeys_rename: async (world, person) => ({
    path: await storePasskey(world, person),
    json: { name: 'Phone' },
  }),
  passkeys_delete: async (world, person) => ({ path: await storePasskey(world, person) }),
}
