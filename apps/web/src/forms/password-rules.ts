import { findSimilarAttribute, isNumeric, isTooShort } from '@latchkey/contract/password-rules'

/** The rules of a new password, in the order in which they are shown. */
export const PASSWORD_RULES = ['length', 'notNumeric', 'notSimilar', 'notCommon'] as const

/** One of {@link PASSWORD_RULES}. */
export type PasswordRule = (typeof PASSWORD_RULES)[number]

/** What is known of the user who sets a password. */
export interface PasswordOwner {
  email: string
  first_name: string
  last_name: string
}

interface Knowledge {
  /** Null when the user is unknown, as behind a reset link. */
  owner: PasswordOwner | null
  /** The commonly used passwords in lower case; null until they are loaded. */
  common: ReadonlySet<string> | null
}

/**
 * Finds the rules that a password meets. The rules are those of the server, which decides.
 *
 * A rule that cannot be checked counts as not met.
 */
export function findMetRules(typed: string, { owner, common }: Knowledge): PasswordRule[] {
  const password = typed.normalize('NFC')
  if (password === '') return []
  const trimmed = password.toLowerCase().trim()
  const isMet: Record<PasswordRule, boolean> = {
    length: !isTooShort(password),
    notNumeric: !isNumeric(password),
    notSimilar: owner !== null && !isSimilar(password, owner),
    // The list of the portal leaves out short passwords and digits.
    notCommon: common !== null && !isTooShort(trimmed) && !isNumeric(trimmed) && !common.has(trimmed),
  }
  return PASSWORD_RULES.filter((rule) => isMet[rule])
}

function isSimilar(password: string, { email, first_name, last_name }: PasswordOwner): boolean {
  const attributes = { 'email address': [email], 'first name': [first_name], 'last name': [last_name] }
  return findSimilarAttribute(password, attributes) !== null
}
