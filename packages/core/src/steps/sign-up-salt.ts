import { createHmac } from 'node:crypto'
import type { Context } from '../context.ts'

const SALT_BYTES = 16

/**
 * Returns the salt of all sign-ups of an address. A sign-in then compares a password with any number of sign-ups by one
 * hash. Without `SECRET_KEY` the salt is random.
 */
export function saltOfSignUps(ctx: Context, email: string): Uint8Array {
  const { key } = ctx.secrets['sign-up-salt'].current
  return createHmac('sha256', key).update(email).digest().subarray(0, SALT_BYTES)
}
