import type { MailKind } from './mail-kinds.ts'

/**
 * A part of the body of a mail. `say`, `label` and `whisper` name a text of the catalogue, below the kind of the mail.
 *
 * - `say`: a paragraph
 * - `whisper`: a paragraph in small letters
 * - `action`: the button of the mail, and its address as text
 * - `link`: a link of less weight. It is left out on a server that has no such address
 * - `each`: blocks that are repeated for each entry of a list, or shown once if there is a value
 */
export type Block =
  | { say: string }
  | { whisper: string }
  | { action: string; to: string }
  | { link: string; to: string }
  | { each: string; blocks: Block[] }

const SUPPORT: Block = { link: 'common.support', to: 'supportUrl' }
const NEW_PASSWORD: Block = { link: 'passwordLink', to: 'forgotPasswordUrl' }
const FINE: Block = { say: 'fine' }
const REASON: Block = { say: 'reason' }
const LIFETIME: Block = { say: 'lifetime' }
const NOT_YOU: Block = { whisper: 'notYou' }

/** A mail with one link to follow: who gets it and why, what to do, how long the link works, what if it was not you. */
const follow = (...before: Block[]): Block[] => [
  REASON,
  ...before,
  { action: 'action', to: 'link' },
  LIFETIME,
  NOT_YOU,
]

/** The body of every kind of mail, after its title and the greeting. */
export const MAIL_BLOCKS: Record<MailKind, Block[]> = {
  'account-deactivated': [REASON, { say: 'mistake' }, SUPPORT],
  'account-deleted': [REASON, { say: 'mistake' }, SUPPORT],
  'account-exists': [
    REASON,
    { say: 'signIn' },
    { link: 'signInLink', to: 'signInUrl' },
    { say: 'reset' },
    { action: 'action', to: 'resetUrl' },
    // This mail of a former release, which may still be queued, has no lifetime.
    { each: 'lifetime', blocks: [LIFETIME] },
    NOT_YOU,
  ],
  'account-reactivated': [REASON, { link: 'action', to: 'signInUrl' }, { say: 'mistake' }, SUPPORT],
  'confirm-email-change': follow(),
  'confirm-registration': follow({ say: 'step' }),
  'connection-changed': [REASON, FINE, { say: 'notYou' }, NEW_PASSWORD],
  'email-change-requested': [REASON, FINE, { say: 'notYou' }, NEW_PASSWORD],
  'email-changed': [REASON, FINE, { say: 'notYou' }, SUPPORT],
  invitation: follow(),
  'password-changed': [
    REASON,
    FINE,
    // Most users have none, and a mail of a former release names none.
    { each: 'connections', blocks: [{ say: 'connections' }] },
    { say: 'notYou' },
    NEW_PASSWORD,
  ],
  'password-set': [REASON, { link: 'action', to: 'signInUrl' }, { say: 'notYou' }, NEW_PASSWORD],
  'pending-sign-ups': [
    REASON,
    { say: 'step' },
    { each: 'signUps', blocks: [{ say: 'item' }, { action: 'action', to: 'link' }] },
    NOT_YOU,
  ],
  'reset-password': follow(),
  'second-factor-changed': [REASON, FINE, { say: 'notYou' }, NEW_PASSWORD],
  'second-factor-locked': [REASON, FINE, { say: 'notYou' }, NEW_PASSWORD],
  'verify-email': follow(),
}
