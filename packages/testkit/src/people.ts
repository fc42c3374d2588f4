import {
  type Context,
  DomainError,
  type FieldErrors,
  register,
  type TokenClaims,
  type TokenPair,
} from '@latchkey/core'
import { decodeJwt } from 'jose'

/** A password that breaks no rule. */
export const PASSWORD = 'correct horse battery'

/** A person with an account and a session of it. */
export interface Person {
  email: string
  password: string
  tokens: TokenPair
  userId: string
  sessionId: string
}

/**
 * Signs a new person up.
 *
 * @param email - a fresh address when left out
 */
export async function signUp(ctx: Context, email = `${crypto.randomUUID()}@example.com`): Promise<Person> {
  const tokens = await register(ctx, {
    email,
    password1: PASSWORD,
    password2: PASSWORD,
    firstName: 'Ada',
    lastName: 'Lovelace',
  })
  if (!tokens) throw new Error('With mandatory verification a sign-up is no account yet.')
  const claims = readClaims(tokens.access)
  return { email, password: PASSWORD, tokens, userId: claims.sub, sessionId: claims.session }
}

/** The claims of a token, unverified. */
export function readClaims(token: string): TokenClaims {
  return decodeJwt<TokenClaims>(token)
}

/** A refusal as plain data. */
export interface Refusal {
  code: string
  /** The sentence; of a bearer token, why it was refused. */
  detail: string
  fields?: FieldErrors
}

/**
 * Runs an operation that must be refused.
 *
 * @returns the refusal as plain data
 * @throws when it was not refused, or failed otherwise
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
