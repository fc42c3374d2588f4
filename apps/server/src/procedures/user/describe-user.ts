import type { Identity } from '@latchkey/core'

/** Tells an account in the words of the contract. */
export function describeUser(user: Identity['user']) {
  return { email: user.email, first_name: user.firstName, last_name: user.lastName }
}
