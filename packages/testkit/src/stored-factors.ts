import { newEmail, PASSWORD, signUp } from './people.ts'
import type { TestCore } from './test-core.ts'

/** A user with factors, made by statements: what a sign-in asks for does not depend on how they were set up. */
export interface FactorOwner {
  email: string
  password: string
  userId: string
  sessionId: string
  access: string
  refresh: string
}

/** The factors to store. */
interface StoredFactors {
  totp?: boolean
  passkey?: boolean
  codes?: boolean
  /** Whether the second factor is on. Default: true. */
  on?: boolean
}

/** Signs a user up, and gives it factors. */
export async function signUpWithFactors(
  test: Pick<TestCore, 'ctx' | 'database'>,
  factors: StoredFactors & { email?: string },
): Promise<FactorOwner> {
  const { tokens, userId, sessionId, email } = await signUp(test.ctx, factors.email ?? newEmail())
  await storeFactors(test, userId, factors)
  return { email, password: PASSWORD, userId, sessionId, ...tokens }
}

/** Gives a user factors. Their secrets are no secrets, so no right answer exists. */
export async function storeFactors(
  test: Pick<TestCore, 'database'>,
  userId: string,
  factors: StoredFactors,
): Promise<void> {
  const { sql } = test.database
  if (factors.totp) {
    await sql`insert into totp_factors (user_id, id, secret_jwe, confirmed_at)
      values (${userId}, ${crypto.randomUUID()}, 'sealed', now())`
  }
  if (factors.codes) {
    await sql`insert into recovery_codes (user_id, code_hash, created_at) values (${userId}, 'sha256:x', now())`
  }
  if (factors.passkey) await addPasskey(test, userId)
  await sql`update users set second_factor = ${factors.on ?? true} where id = ${userId}`
}

/** Adds a passkey of this site, or of another one, to a user. Returns the id that the authenticator chose. */
export async function addPasskey(
  test: Pick<TestCore, 'database'>,
  userId: string,
  rpId = 'localhost',
): Promise<string> {
  const id = crypto.randomUUID()
  await test.database
    .sql`insert into passkeys (id, user_id, credential_id, public_key, sign_count, transports, aaguid,
      rp_id, backup_eligible, backed_up, name, created_at)
    values (${id}, ${userId}, ${`credential-${id}`}, 'key', 0, 'internal hybrid', ${id}, ${rpId}, true, true, 'Phone',
      now())`
  return `credential-${id}`
}

/** Raises the level of a session, as a second factor would. */
export async function raiseLevel(test: Pick<TestCore, 'database'>, sessionId: string): Promise<void> {
  await test.database.sql`update sessions set acr = 'aal2', amr = 'pwd otp mfa' where id = ${sessionId}`
}
