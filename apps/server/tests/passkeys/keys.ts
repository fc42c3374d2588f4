import {
  newEmail,
  type Person,
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
  type SoftFaults,
  signUp,
  softAuthenticator,
} from '@latchkey/testkit'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type Door, rest, type Told } from './doors.ts'

/** The two ways of the refresh token. */
export const MODES = {
  tokens: {},
  cookies: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } },
} as const

/** Starts a server in one of {@link MODES}. */
export function startIn(mode: keyof typeof MODES, settings: object = {}): Promise<TestServer> {
  return startTestServer({ settings: { ...settings, ...MODES[mode] } as never })
}

/** A user with a passkey, and a token of a fresh session. */
export interface Owner extends Person {
  token: string
  device: SoftAuthenticator
  passkey: { id: string; credential_id: string; name: string }
}

/** The options of a ceremony. */
export interface Options {
  challenge: string
  user: { id: string }
  [name: string]: unknown
}

/** Reads the options of an answer. */
export function optionsOf({ ok, body }: Told): Options {
  if (!ok) throw new Error(`There are no options: ${JSON.stringify(body)}`)
  return body.options as Options
}

/** Asks for the options of a new passkey. */
export async function askCreation(
  { url }: Pick<TestServer, 'url'>,
  caller: { token: string } | { setup: string },
  door: Door = rest,
): Promise<Options> {
  const sent = 'token' in caller ? { token: caller.token } : { input: { setup_challenge_id: caller.setup } }
  return optionsOf(await door(url, 'passkeys.registerOptions', sent))
}

/** Adds a passkey to a caller. */
export async function register(
  server: Pick<TestServer, 'url'>,
  token: string,
  given: { device?: SoftAuthenticator; faults?: SoftFaults; name?: string; door?: Door } = {},
): Promise<Told> {
  const { device = softAuthenticator(), faults, door = rest, ...fields } = given
  const credential = device.create(await askCreation(server, { token }, door), faults)
  return door(server.url, 'passkeys.register', { input: { credential, ...fields }, token })
}

/** Signs a new user up, and gives it a passkey over HTTP. */
export async function signUpOwner(
  server: TestServer,
  options: SoftAuthenticatorOptions = {},
  email = newEmail(),
): Promise<Owner> {
  const person = await signUp(server.ctx, email)
  const device = softAuthenticator(options)
  const added = await register(server, person.tokens.access, { device })
  if (!added.ok) throw new Error(`The passkey was refused: ${JSON.stringify(added.body)}`)
  return {
    ...person,
    token: person.tokens.access,
    device,
    passkey: added.body as unknown as Owner['passkey'],
  }
}

/** Signs in with the passkey of a device. */
export async function enter(
  { url }: Pick<TestServer, 'url'>,
  device: SoftAuthenticator,
  given: { faults?: SoftFaults; door?: Door; headers?: Record<string, string> } = {},
): Promise<Told> {
  const { faults, door = rest, headers } = given
  const options = optionsOf(await door(url, 'passkeys.signInOptions'))
  return door(url, 'passkeys.signIn', { input: { credential: device.get(options, faults) }, headers })
}

/** Signs in with a password where a second factor is due. */
export async function halfLogin(
  { url }: Pick<TestServer, 'url'>,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<{ challenge_id: string; setup_challenge_id: string; passkey_options: Options }> {
  const { body } = await rest(url, 'auth.login', { input: { email, password } })
  return body as never
}

/** The access token of an answer. */
export function accessOf({ body }: Told): string {
  if (typeof body.access !== 'string') throw new Error(`There are no tokens: ${JSON.stringify(body)}`)
  return body.access
}

/** The names of the cookies that an answer sets. */
export function listCookies({ headers }: Told): string[] {
  return headers.getSetCookie().map((cookie) => cookie.split('=')[0] ?? '')
}
