import type { Context } from '../context.ts'
import type { AddressForms } from '../tables/pending-registrations/standing.ts'

/** Lists the forms in which the rows of one address name it: the address, and its hash after an erasure. */
export function addressForms(ctx: Context, email: string): AddressForms {
  return [email, ...ctx.throttle.hideAll(`address ${email}`)]
}

/** Returns the keyed hash of an address, in place of the address of a user who was erased. */
export function hideAddress(ctx: Context, email: string): string {
  return ctx.throttle.hide(`address ${email}`)
}
