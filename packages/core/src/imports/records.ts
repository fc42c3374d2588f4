/** A fact of one user for the report, in a word. The engine adds its own words to those of the source. */
export interface SourceRemark {
  /** Snake case, such as `secondary_address`. */
  word: string
  /** What the fact is about, such as the other address. Never a secret. */
  detail?: string
}

/** An account at a provider, as the source has it. */
export interface SourceConnection {
  provider: string
  uid: string
  createdAt: Date | null
  lastLogin: Date | null
}

/** One user of another deployment, as its source has it. The engine normalises, cleans and bounds every field. */
export interface SourceUser {
  /** The key of the user at the source, as text: a `bigint` does not fit a JavaScript number. */
  oldId: string
  /** The address as the source has it; empty for none. */
  email: string
  emailVerified: boolean
  firstName: string
  lastName: string
  role: number
  isActive: boolean
  /** Null: the time of the import. */
  createdAt: Date | null
  /** It only decides which of two users with one address wins. */
  lastLogin: Date | null
  /** A text that `readForeignHash` knows; empty for no usable password. */
  passwordHash: string
  /** What is done with a typed password before the check: 0 NFC, 1 blanks cut as Python cuts them, 2 NFKC. */
  passwordForm: 0 | 1 | 2
  /** A BCP 47 tag. */
  language?: string | null
  remarks: SourceRemark[]
  /** The secret in base32. It stands in the clear in memory only. */
  totp: { secret: string } | null
  /** The accounts at providers that sign the user in; left out for none. */
  connections?: SourceConnection[]
  /** The unused recovery codes. They stand in the clear in memory only. */
  recoveryCodes: string[] | null
}

/** One live session of another deployment, with the refresh token that its client holds. */
export interface SourceSession {
  /** A UUID with dashes, in lower case. */
  sessionId: string
  jti: string
  oldUserId: string
  createdAt: Date
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** What kind of deployment the users come from. */
export type SourceKind = 'django' | 'file' | 'better-auth' | 'supabase'

/** How the source keys its users. A `uuid` stays the user's id here; other keys become the user's external id. */
export type SourceKeyType = 'uuid' | 'integer' | 'text'

/** A reader of another deployment's users. It reads one snapshot, in constant memory. */
export interface Source {
  kind: SourceKind
  /** What `imports.source` says: one deployment has one name, also in a later run. */
  name: string
  keyType: SourceKeyType
  /** The totals, for the progress. */
  count(): Promise<{ users: number; sessions: number }>
  /** Batches of some hundred to 1,000 users. No key comes twice. */
  users(): AsyncIterable<SourceUser[]>
  /** Batches of some hundred to 1,000 sessions. It is called after {@link users} has ended. */
  sessions(): AsyncIterable<SourceSession[]>
  /** What the dry run prints beside the engine's own counts: social accounts, groups, the highest key. */
  facts(): Promise<Record<string, number | string>>
  close(): Promise<void>
}
