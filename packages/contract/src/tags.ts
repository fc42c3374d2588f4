/** The groups of the operations, in the order of the document, with what each is about. */
export const TAGS = {
  Authentication: 'Sign in, exchange tokens, sign out.',
  Factors: 'Set up, use and remove an authenticator app and recovery codes.',
  Passkeys: 'Sign in with a passkey, and add, name and remove passkeys.',
  Social: 'Sign in with an account at another provider, and connect and disconnect such accounts.',
  Registration: 'Sign up, and confirm an address by a mailed link.',
  Password: 'Change a password, or set a new one by a mailed link.',
  User: "The caller's own details, address, events and deletion.",
  Sessions: "The caller's own sessions.",
  Staff: 'What staff (role 1000) and superusers (role 900) may do with accounts.',
  System: 'Health checks and published keys, for machines.',
} as const

/** The name of one of {@link TAGS}. */
export type Tag = keyof typeof TAGS
