/** The types of values in a template. `makeSafe` treats each type before it is shown. */
export type VariableType = 'link' | 'address' | 'phrase'

/** The variables of each entry of a list, which a template shows by a section. */
export type ListType = Readonly<Record<string, VariableType>>

/**
 * The variables of every kind of mail. The code that queues a mail passes all of them. A template may name no others.
 *
 * - `link`: an absolute URL below the public URL; a template must show it
 * - `address`: an email address
 * - `phrase`: text of this server, such as a time or a duration
 * - an object: a list, with these variables in each entry
 *
 * No variable holds a name or another text that a caller typed, because a mail may reach a person who never asked for
 * it. `mail-counters.test.ts` holds this.
 */
export const MAIL_VARIABLES = {
  'verify-email': { email: 'address', link: 'link', lifetime: 'phrase' },
  'confirm-registration': {
    email: 'address',
    link: 'link',
    lifetime: 'phrase',
    requestedAt: 'phrase',
  },
  'pending-sign-ups': {
    email: 'address',
    signUps: { requestedAt: 'phrase', origin: 'phrase', until: 'phrase', link: 'link' },
  },
  'account-exists': { email: 'address', resetUrl: 'link', requestedAt: 'phrase' },
  'reset-password': { email: 'address', link: 'link', lifetime: 'phrase', requestedAt: 'phrase' },
  'confirm-email-change': { newEmail: 'address', link: 'link', lifetime: 'phrase', requestedAt: 'phrase' },
  'email-change-requested': {
    email: 'address',
    newEmail: 'address',
    requestedAt: 'phrase',
  },
  'email-changed': { email: 'address', newEmail: 'address', changedAt: 'phrase' },
  'password-changed': { email: 'address', changedAt: 'phrase' },
} as const satisfies Record<string, Record<string, VariableType | ListType>>

/** The variables of every template: the host of the server and its public URL. */
export const COMMON_VARIABLES = ['site', 'publicUrl'] as const

/** The kinds of mail the server sends. */
export type MailKind = keyof typeof MAIL_VARIABLES

/** The variables of a mail of one kind; {@link MAIL_VARIABLES} has their types. */
export type MailVariables<K extends MailKind> = ValuesOf<(typeof MAIL_VARIABLES)[K]>

type ValuesOf<Types> = {
  [Name in keyof Types]: Types[Name] extends VariableType ? string : Record<keyof Types[Name], string>[]
}

/** A mail to be queued: its kind, its one recipient and its variables. */
export type MailRequest = {
  [K in MailKind]: {
    kind: K
    /** One normalised email address. */
    to: string
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

/** The three parts of a mail, as mustache templates. */
export interface Template {
  subject: string
  text: string
  html: string
}

/** A part of a mail. */
export type TemplatePart = keyof Template
