/** The names that better-auth and the schemas of its adapters usually have. */
export const NAMES = {
  user: ['user', 'users'],
  account: ['account', 'accounts'],
  twoFactor: ['twoFactor', 'two_factor', 'two_factors', 'twoFactors'],
  passkey: ['passkey', 'passkeys'],
}

/** A model of better-auth that an import reads. */
export type ModelName = keyof typeof NAMES

/** The models whose tables and columns can be named. */
export const MODEL_NAMES = Object.keys(NAMES) as ModelName[]
