import {
  type Context,
  type CoreConfig,
  DomainError,
  type FieldErrors,
  type TokenClaims,
  type TokenPair,
} from '@latchkey/core'
import { login } from '@latchkey/core/operations/auth/login'
import type { Registration } from '@latchkey/core/operations/registration/find-sign-up-faults'
import { register } from '@latchkey/core/operations/registration/register'
import { decodeJwt } from 'jose'

/** A password that keeps every rule. */
export const PASSWORD = 'correct horse battery'

/** Another password that keeps every rule. */
export const NEW_PASSWORD = 'another horse, another battery'

/** Letters that occur in neither password. An address of other letters would sometimes resemble a password. */
const LETTERS = 'dfgijklmpquvwxz'

/** A new address without a user. It has letters only, so that no numeric password resembles it. */
export function newEmail(): string {
  return `${[...crypto.getRandomValues(new Uint8Array(24))].map(toLetter).join('')}@example.com`
}

/** The fields of a sign-up. */
export function signUpForm(changes: Partial<Registration> = {}): Registration {
  const names = { firstName: 'Ada', lastName: 'Lovelace' }
  return { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names, ...changes }
}

/** The same context with other settings. */
export function withConfig(ctx: Context, changes: Partial<CoreConfig>): Context {
  return { ...ctx, config: { ...ctx.config, ...changes } }
}

/** A user with one session. */
export interface Person {
  email: string
  password: string
  tokens: TokenPair
  userId: string
  sessionId: string
}

/**
 * Signs up a new user.
 *
 * @param email - default: a new address
 */
export async function signUp(ctx: Context, email = newEmail()): Promise<Person> {
  const tokens = requireTokens(await register(ctx, signUpForm({ email })))
  const claims = readClaims(tokens.access)
  return { email, password: PASSWORD, tokens, userId: claims.sub, sessionId: claims.session }
}

/** Signs in a user that needs no second factor. */
export async function logIn(
  ctx: Context,
  credentials: { email: string; password: string },
): Promise<TokenPair> {
  return requireTokens(await login(ctx, credentials))
}

/** Returns the tokens of an answer, or throws when it has none. */
export function requireTokens(answer: object | null): TokenPair {
  if (answer && 'access' in answer) return answer as TokenPair
  throw new Error(`There are no tokens in the answer ${JSON.stringify(answer)}.`)
}

function toLetter(byte: number): string {
  return LETTERS.charAt(byte % LETTERS.length)
}

/** The claims of a token, without verification. */
export function readClaims(token: string): TokenClaims {
  return decodeJwt<TokenClaims>(token)
}

/** A refusal as plain data. */
export interface Refusal {
  code: string
  /** The sentence. For a bearer token it is the reason of the refusal. */
  detail: string
  fields?: FieldErrors
}

/**
 * Runs an operation that must be refused.
 *
 * @returns the refusal as plain data
 * @throws when it was not refused, or failed with another error
 */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw error
  return {
    code: error.code,
    detail: error.messages?.[0]?.message ?? error.message,
    ...(error.fields && { fields: error.fields }),
  }
}
