import { type Person, signUp, type TestCore, totpCode } from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import { login } from '../../src/operations/auth/login.ts'
import { activateTotp } from '../../src/operations/mfa/activate-totp.ts'
import { setUpTotp } from '../../src/operations/mfa/set-up-totp.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import type { Identity } from '../../src/steps/identity.ts'
import type { UserId } from '../../src/words/ids.ts'

/** A user with an authenticator app. */
export interface TwoStepPerson extends Person {
  /** The code that has turned the app on. */
  activationCode: string
  secret: string
  recoveryCodes: string[]
}

/** The caller of a person's first session. */
export function identityOf(ctx: Context, { tokens }: Pick<Person, 'tokens'>): Promise<Identity> {
  return authenticate(ctx, tokens.access)
}

/** Signs up a user and sets up an authenticator app. The clock is then a step later, so that a new code works. */
export async function signUpWithApp(test: TestCore): Promise<TwoStepPerson> {
  const person = await signUp(test.ctx)
  const by = { identity: await identityOf(test.ctx, person) }
  const { secret } = await setUpTotp(test.ctx, { by })
  const activationCode = totpCode(secret, test.clock)
  const { recoveryCodes } = await activateTotp(test.ctx, { by, code: activationCode })
  if (!recoveryCodes) throw new Error('The second factor was on before.')
  test.clock.seconds += 30
  return { ...person, secret, activationCode, recoveryCodes }
}

/** Signs in with the password, up to the challenge. */
export async function challenge(ctx: Context, person: Pick<Person, 'email' | 'password'>): Promise<string> {
  const answer = await login(ctx, person)
  if (!('challengeId' in answer)) throw new Error('The sign-in asked for no second factor.')
  return answer.challengeId
}

/** Gets several challenges. */
export function challenges(ctx: Context, person: Person, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => challenge(ctx, person)))
}

/** A code that is wrong in every step that is accepted now. */
export function wrongCode({ secret }: { secret: string }, clock: { seconds: number }): string {
  const right = [-1, 0, 1, 2].map((steps) => totpCode(secret, clock, steps))
  const wrong = ['000000', '111111', '222222', '333333', '444444'].find((code) => !right.includes(code))
  if (!wrong) throw new Error('Every code is right.')
  return wrong
}

/** The tokens of every call that was not refused. */
export function fulfilled<T>(results: PromiseSettledResult<T>[]): T[] {
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

/** The codes of every refused call, sorted and counted: `{ invalid_code: 3 }`. */
export function refusalsOf(results: PromiseSettledResult<unknown>[]): Record<string, number> {
  const counted: Record<string, number> = {}
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    const code = String((result.reason as { code?: string }).code ?? result.reason)
    counted[code] = (counted[code] ?? 0) + 1
  }
  return counted
}

/** The kinds of event of a user, the oldest first. */
export async function kindsOf({ database }: TestCore, userId: string): Promise<string[]> {
  const rows = await database.sql`select kind from audit_events where user_id = ${userId} order by id`
  return rows.map((row) => String(row.kind))
}

/** How often a user has an event of a kind. */
export async function countEvents(test: TestCore, userId: string, kind: string): Promise<number> {
  return (await kindsOf(test, userId)).filter((one) => one === kind).length
}

/** How many sessions a user has. */
export async function countSessions({ database }: TestCore, userId: string): Promise<number> {
  const [row] = await database.sql`select count(*)::int from sessions where user_id = ${userId}`
  return row?.count ?? 0
}

/** The id of a person, as the core has it. */
export function userIdOf({ userId }: Pick<Person, 'userId'>): UserId {
  return userId as UserId
}
