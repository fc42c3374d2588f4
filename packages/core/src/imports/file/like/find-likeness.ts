import type { Fields } from '../records.ts'
import { fromAuth0 } from './auth0.ts'
import { fromClerk } from './clerk.ts'
import type { Likeness } from './fields.ts'
import { type FirebaseParameters, fromFirebase } from './firebase.ts'
import { fromKeycloak } from './keycloak.ts'

/** The products whose exports are taken as they are, one user a line. */
export const PRODUCTS = ['auth0', 'clerk', 'firebase', 'keycloak'] as const

/** One of the {@link PRODUCTS}, with what its file does not say. */
export type Product =
  | { name: Exclude<(typeof PRODUCTS)[number], 'firebase'> }
  | { name: 'firebase'; parameters: FirebaseParameters }

/** Returns the reader of a line of a product's export. */
export function findLikeness(product: Product): (given: Fields) => Likeness {
  if (product.name === 'firebase') return fromFirebase(product.parameters)
  return { auth0: fromAuth0, clerk: fromClerk, keycloak: fromKeycloak }[product.name]
}
