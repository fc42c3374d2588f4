/** The values of each type, as the code that queues a mail passes them. The composer writes them in a language. */
export interface VariableValues {
  /** An absolute URL below the public URL. A template must show it. */
  link: string
  /** An email address. */
  address: string
  /** An email address, or null for one that the reader must not see. A mail then says "another address". */
  hidableAddress: string | null
  /** Milliseconds since the epoch. */
  time: number
  /** A number of seconds. */
  duration: number
  /** The device and the network of a call, in words of a fixed list. */
  origin: { browser: string | null; os: string | null; network: string | null }
  /** What changed about the second factors of the reader. */
  factorChange: FactorChange
  /** Which account at a provider was connected or disconnected. */
  connectionChange: ConnectionChange
  /** The names of providers, which the operator chose. */
  providers: string[]
}

/** The changes of second factors that a mail tells of. Each has a sentence of its own in the catalogues. */
export const FACTOR_CHANGES = [
  'appSetUp',
  'codeUsed',
  'newCodes',
  'passkeyAdded',
  'passkeyRemoved',
  'removedByProof',
  'removedBySupport',
  'turnedOff',
  'turnedOn',
] as const

/** A change of second factors. */
export interface FactorChange {
  kind: (typeof FACTOR_CHANGES)[number]
  /** How many recovery codes are left; only with `codeUsed`. */
  left?: number
}

/** A change of the accounts at providers that sign the reader in. Each kind has a sentence of its own in the catalogues. */
export interface ConnectionChange {
  kind: 'added' | 'removed' | 'removedByProof'
  /** The name of the provider, which the operator chose. */
  provider: string
}

/** The types of values in a template. */
export type VariableType = keyof VariableValues

/** The variables of each entry of a list, which a template shows by a section. */
export type ListType = Readonly<Record<string, VariableType>>

/**
 * The variables of every kind of mail. The code that queues a mail passes all of them. A template may name no others.
 * An object is a list, with these variables in each entry.
 *
 * No variable holds a name or another text that a caller typed, because a mail may reach a person who never asked for
 * it. `mail-counters.test.ts` holds this.
 */
export const MAIL_VARIABLES = {
  'account-deactivated': { email: 'address', changedAt: 'time' },
  'account-deleted': { email: 'address', changedAt: 'time' },
  'account-exists': { email: 'address', resetUrl: 'link', lifetime: 'duration', requestedAt: 'time' },
  'account-reactivated': { email: 'address', changedAt: 'time' },
  'confirm-email-change': { newEmail: 'address', link: 'link', lifetime: 'duration', requestedAt: 'time' },
  'confirm-registration': { email: 'address', link: 'link', lifetime: 'duration', requestedAt: 'time' },
  'connection-changed': { email: 'address', change: 'connectionChange', changedAt: 'time' },
  'email-change-requested': { email: 'address', newEmail: 'hidableAddress', requestedAt: 'time' },
  'email-changed': { email: 'address', newEmail: 'hidableAddress', changedAt: 'time' },
  invitation: { email: 'address', link: 'link', lifetime: 'duration' },
  'password-changed': { email: 'address', changedAt: 'time', connections: 'providers' },
  'password-set': { email: 'address', changedAt: 'time' },
  'pending-sign-ups': {
    email: 'address',
    signUps: { requestedAt: 'time', origin: 'origin', until: 'time', link: 'link' },
  },
  'reset-password': { email: 'address', link: 'link', lifetime: 'duration', requestedAt: 'time' },
  'second-factor-changed': { email: 'address', change: 'factorChange', changedAt: 'time' },
  'second-factor-locked': { email: 'address', happenedAt: 'time' },
  'verify-email': { email: 'address', link: 'link', lifetime: 'duration' },
} as const satisfies Record<string, Record<string, VariableType | ListType>>

/** The kinds of mail the server sends. */
export type MailKind = keyof typeof MAIL_VARIABLES

/** The variables of a mail of one kind; {@link MAIL_VARIABLES} has their types. */
export type MailVariables<K extends MailKind> = ValuesOf<(typeof MAIL_VARIABLES)[K]>

type ValuesOf<Types> = {
  [Name in keyof Types]: Types[Name] extends VariableType
    ? VariableValues[Types[Name]]
    : ValuesOf<Types[Name]>[]
}

/** A mail to be queued: its kind, its one recipient and its variables. */
export type MailRequest = {
  [K in MailKind]: {
    kind: K
    /** One normalised email address. */
    to: string
    /** The language of the recipient; null for `DEFAULT_LANGUAGE`. */
    language: string | null
    /** The values as they are. The composer makes them safe and escapes them. */
    variables: MailVariables<K>
    /** Makes it a decoy: queued and processed, but not sent, so that an address that gets no mail costs the same. */
    discard?: boolean
    /** How long the mail waits before it is sent. Default: 0. */
    afterSeconds?: number
  }
}[MailKind]

/** All kinds of mail, in the order of {@link MAIL_VARIABLES}. */
export const MAIL_KINDS = Object.keys(MAIL_VARIABLES) as MailKind[]

/** Answers whether a text is the name of a kind. */
export function isMailKind(text: string): text is MailKind {
  return Object.hasOwn(MAIL_VARIABLES, text)
}

/** The three parts of a mail, as mustache templates. */
export interface Template {
  subject: string
  text: string
  html: string
}

/** A part of a mail. */
export type TemplatePart = keyof Template
