/** A fact of one user for the report. It has no hash and no secret. */
export interface ImportCase {
  /** Such as `duplicate_address`. */
  word: string
  oldId: string
  email: string
  /** What the fact is about: the other user, the other address, the columns. */
  with?: string | null
}

/** How far a run is. A total of 0 is not known. */
export interface ImportProgress {
  step: 'read users' | 'read sessions' | 'users' | 'sessions'
  done: number
  total: number
}

/** What the operator decides about an import. */
export interface ImportOptions {
  /** Reads and judges everything, and writes nothing. */
  dryRun: boolean
  /** The source was stopped before: users that it has no more are deactivated, and old tokens count from now on. */
  final: boolean
  withSessions: boolean
  /** How long a refresh token of the source works after it was made. */
  refreshLifetimeSeconds: number
  /** What users without a proven address become. */
  unverified: 'pending' | 'account'
  mfa: 'keep' | 'drop' | 'stop'
  /** What is done with hashes that a fast computer guesses. */
  weak: 'stop' | 'wrap' | 'reset'
  /** Whether a user here with the same proven address becomes that of the source. */
  adopt: boolean
  /** Whether a user here who never proved the address is deleted for the user of the source who did. */
  replaceUnproven: boolean
  /** Whether users whose address another user of the source has may be left out. */
  acceptDuplicates: boolean
  /** Whether users whose address or id a user here has may be left out. */
  acceptTaken: boolean
  /** Whether a final run may deactivate more than a tenth of the users that were moved in before. */
  acceptMissing: boolean
  onCase?: (found: ImportCase) => void | Promise<void>
  onProgress?: (progress: ImportProgress) => void
}
