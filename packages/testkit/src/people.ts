import {
  type Context,
  type CoreConfig,
  DomainError,
  type FieldErrors,
  type TokenClaims,
  type TokenPair,
} from '@latchkey/core'
import type { Registration } from '@latchkey/core/operations/registration/find-sign-up-faults'
import { register } from '@latchkey/core/operations/registration/register'
import { decodeJwt } from 'jose'

/** A password that breaks no rule. */
export const PASSWORD = 'correct horse battery'

/** Another one. */
export const NEW_PASSWORD = 'another horse, another battery'

/** Letters of neither password: an address of others resembles one of them once in some thousand times. */
const LETTERS = 'dfgijklmpquvwxz'

/** An address nobody has; letters alone, so that no numeric password resembles it. */
export function newEmail(): string {
  return `${[...crypto.getRandomValues(new Uint8Array(24))].map(toLetter).join('')}@example.com`
}

/** What a person fills in to sign up. */
export function signUpForm(changes: Partial<Registration> = {}): Registration {
  const names = { firstName: 'Ada', lastName: 'Lovelace' }
  return { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...names, ...changes }
}

/** The same context under other settings. */
export function withConfig(ctx: Context, changes: Partial<CoreConfig>): Context {
  return { ...ctx, config: { ...ctx.config, ...changes } }
}

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
export async function signUp(ctx: Context, email = newEmail()): Promise<Person> {
  const tokens = await register(ctx, signUpForm({ email }))
  if (!tokens) throw new Error('With mandatory verification a sign-up is no account yet.')
  const claims = readClaims(tokens.access)
  return { email, password: PASSWORD, tokens, userId: claims.sub, sessionId: claims.session }
}

function toLetter(byte: number): string {
  return LETTERS.charAt(byte % LETTERS.length)
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
