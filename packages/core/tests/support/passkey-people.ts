import {
  PASSWORD,
  type Person,
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
  type SoftFaults,
  signUp,
  softAuthenticator,
} from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { login } from '../../src/operations/auth/login.ts'
import { describePasskeyRegistration } from '../../src/operations/passkeys/describe-passkey-registration.ts'
import { describePasskeySignIn } from '../../src/operations/passkeys/describe-passkey-sign-in.ts'
import { registerPasskey } from '../../src/operations/passkeys/register-passkey.ts'
import { signInWithPasskey } from '../../src/operations/passkeys/sign-in-with-passkey.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import type { Identity } from '../../src/steps/identity.ts'
import type { Passkey } from '../../src/tables/passkeys/find.ts'
import type { TokenPair } from '../../src/words/claims.ts'

/** A user with a passkey. */
export interface PasskeyPerson extends Person {
  identity: Identity
  device: SoftAuthenticator
  passkey: Passkey
}

/** Signs a user up and adds a passkey. */
export async function signUpWithPasskey(
  ctx: Context,
  options: SoftAuthenticatorOptions = {},
): Promise<PasskeyPerson> {
  const person = await signUp(ctx)
  const identity = await authenticate(ctx, person.tokens.access)
  return { ...person, identity, ...(await addPasskey(ctx, identity, options)) }
}

/** Adds a passkey to a signed-in user. */
export async function addPasskey(
  ctx: Context,
  identity: Identity,
  options: SoftAuthenticatorOptions = {},
): Promise<{ device: SoftAuthenticator; passkey: Passkey }> {
  const device = softAuthenticator(options)
  const credential = device.create(await describePasskeyRegistration(ctx, { by: { identity } }))
  const { passkey } = await registerPasskey(ctx, { by: { identity }, credential })
  return { device, passkey }
}

/** Signs in with a passkey, under a new ceremony. */
export async function enterWithPasskey(
  ctx: Context,
  device: SoftAuthenticator,
  faults?: SoftFaults,
): Promise<TokenPair> {
  return signInWithPasskey(ctx, { credential: device.get(await describePasskeySignIn(ctx), faults) })
}

/** Signs in with the password as far as it goes: to the challenge of a user whose second factor is on. */
export async function getUnfinished(ctx: Context, { email }: Pick<Person, 'email'>) {
  const answer = await login(ctx, { email, password: PASSWORD })
  if ('access' in answer) throw new Error('No second step was asked for.')
  return answer
}
