/** What a template may show, and how each value is made safe before it is shown. */
export type VariableType = 'link' | 'address' | 'name' | 'phrase'

/**
 * The variables of every kind of mail: what the code that queues one must pass, and all that a template may name.
 *
 * `link`: an absolute address below the server's own; a template must show it. `address`: an e-mail address.
 * `name`: written by a stranger. `phrase`: written by this server, such as a time or a duration.
 */
export const MAIL_VARIABLES = {
  'verify-email': { email: 'address', link: 'link', lifetime: 'phrase' },
  'confirm-registration': {
    email: 'address',
    name: 'name',
    link: 'link',
    lifetime: 'phrase',
    requestedAt: 'phrase',
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
} as const satisfies Record<string, Record<string, VariableType>>

/** What every template may name besides: the host of the server, and its address. */
export const COMMON_VARIABLES = ['site', 'publicUrl'] as const

/** The kinds of mail the server sends. */
export type MailKind = keyof typeof MAIL_VARIABLES

/** The variables a mail of a kind is given; {@link MAIL_VARIABLES} says what each is. */
export type MailVariables<K extends MailKind> = Record<keyof (typeof MAIL_VARIABLES)[K], string>

/** A mail to send: the template's name, one recipient, and what the template may show. */
export type MailRequest = {
  [K in MailKind]: {
    kind: K
    /** One address, normalised. */
    to: string
    /** Every value is made safe for where it is shown; none needs escaping by the caller. */
    variables: MailVariables<K>
    /** Queued and worked on like any other, but not sent: what an address that is owed nothing costs. */
    discard?: boolean
  }
}[MailKind]

/** The kinds, in the order of the table. */
export const MAIL_KINDS = Object.keys(MAIL_VARIABLES) as MailKind[]

/** The three parts of a mail, as mustache. */
export interface Template {
  subject: string
  text: string
  html: string
}

/** One of the parts. */
export type TemplatePart = keyof Template
