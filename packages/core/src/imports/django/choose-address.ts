import { normalizeEmail } from '../../words/email.ts'

/** A verified row of `account_emailaddress`. */
export type VerifiedAddress = [email: string, isPrimary: boolean]

/** The address by which a user signs in after the move. */
export interface ChosenAddress {
  email: string
  isVerified: boolean
  /** Verified addresses that are no sign-in any more. */
  others: string[]
}

/**
 * Chooses the one address of a user: the primary verified row, else a verified row that equals the column of the user,
 * else the verified row of the lowest id, else that column.
 *
 * @param column - the address in the table of users
 * @param verified - in the order of their ids
 */
export function chooseAddress(column: string, verified: VerifiedAddress[]): ChosenAddress {
  const own = normalizeEmail(column)
  const chosen =
    verified.find(([, isPrimary]) => isPrimary) ??
    verified.find(([email]) => normalizeEmail(email) === own) ??
    verified[0]
  if (!chosen) return { email: column, isVerified: false, others: [] }
  const [email] = chosen
  const kept = normalizeEmail(email)
  const others = verified.flatMap(([other]) => (normalizeEmail(other) === kept ? [] : [other]))
  return { email, isVerified: true, others }
}
