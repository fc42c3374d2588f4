import { type Person, signUp, totpCode } from '@latchkey/testkit'
import { type Door, rest, type Told } from '../passkeys/doors.ts'
import type { TestServer } from '../test-server.ts'

/** A user with an authenticator app, whose session has two factors. */
export interface AppOwner extends Person {
  token: string
  secret: string
  codes: string[]
}

/** Asks an operation that must succeed. */
export async function succeed(asked: Promise<Told>): Promise<Record<string, unknown>> {
  const { ok, body } = await asked
  if (!ok) throw new Error(`It was refused: ${JSON.stringify(body)}`)
  return body
}

/** Signs a user up and sets up an app over HTTP. The clock is then a step later, so that a new code works. */
export async function signUpWithApp(server: TestServer, door: Door = rest): Promise<AppOwner> {
  const person = await signUp(server.ctx)
  const token = person.tokens.access
  const { secret } = (await succeed(door(server.url, 'mfa.setup', { token }))) as { secret: string }
  const input = { code: totpCode(secret, server.clock) }
  const told = await succeed(door(server.url, 'mfa.activate', { input, token }))
  server.clock.seconds += 30
  return { ...person, token, secret, codes: told.recovery_codes as string[] }
}

/** Signs in with the password, up to the challenge. */
export async function askChallenge(
  { url }: Pick<TestServer, 'url'>,
  { email, password }: Pick<Person, 'email' | 'password'>,
  door: Door = rest,
): Promise<string> {
  const told = await succeed(door(url, 'auth.login', { input: { email, password } }))
  return String(told.challenge_id ?? told.setup_challenge_id)
}
