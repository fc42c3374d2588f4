import type { AuditDetails, AuditKind, ConnectionId, PasskeyId } from '@latchkey/core'
import { describe, expect, test } from 'vitest'
import { createMessages } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { describeEvent } from './describe-event.ts'

const PASSKEY = '0198a6b2-7c4e-7d0a-9f3b-2b1f0a6c5d4e' as PasskeyId
const CONNECTION = '0198a6b2-7c4e-7d0a-9f3b-2b1f0a6c5d4e' as ConnectionId

/** One event per kind. The compiler refuses a new kind that has no example here. */
const EVENTS: { [Kind in AuditKind]: AuditDetails[Kind] } = {
  registered: {},
  login: { method: 'password', second: 'none' },
  login_challenged: { method: 'password' },
  reauthenticated: { method: 'password' },
  factors_reset: { reason: 'staff' },
  login_failed: { reason: 'incorrect_credentials' },
  refresh_replayed: {},
  session_moved_in: {},
  refresh_grace: { changed: 'both' },
  proof_refused: { reason: 'missing' },
  refresh_late: { by: 'keyed', changed: 'none' },
  logout: {},
  logout_all: { sessions: 2 },
  session_revoked: {},
  sessions_ended: { sessions: 2 },
  sessions_displaced: { sessions: 1 },
  password_changed: { sessions: 2 },
  password_reset: { sessions: 2 },
  password_reset_sent: { invitation: true },
  email_change_requested: {},
  email_change_cancelled: {},
  email_verified: {},
  email_changed: {},
  role_changed: { from: 0, to: 1000 },
  account_created: { role: 0 },
  account_deactivated: {},
  account_reactivated: {},
  account_deleted: {},
  throttled: { limit: 'login' },
  second_factor_failed: { method: 'totp' },
  second_factor_locked: { lasting: false },
  totp_activated: { replaced: false },
  second_factor_enabled: {},
  second_factor_disabled: {},
  recovery_code_used: { left: 7 },
  recovery_codes_replaced: {},
  passkey_added: { passkey: PASSKEY, synced: true },
  passkey_removed: { passkey: PASSKEY },
  passkey_renamed: { passkey: PASSKEY },
  passkey_counter: { passkey: PASSKEY },
  connection_added: { connection: CONNECTION, provider: 'google' },
  connection_removed: { connection: CONNECTION, provider: 'google' },
}

const { t } = createMessages('en', ENGLISH)

describe('the sentence of an event', () => {
  test.each(Object.entries(EVENTS))('exists for the kind %s', (kind, details) => {
    const sentence = describeEvent({ kind, details }, t)
    expect(sentence).toMatch(/^[A-Z]/)
    expect(sentence).not.toMatch(/undefined|NaN|_/)
  })

  test('contains the details of the event', () => {
    const details = { from: 0, to: 1000 }
    expect(describeEvent({ kind: 'role_changed', details }, t)).toBe(
      'The role was changed from User to Staff',
    )
    expect(describeEvent({ kind: 'login_failed', details: { reason: 'no_active_account' } }, t)).toMatch(
      /deactivated$/,
    )
  })

  test.each([
    ['login', { method: 'passkey', second: 'none' }, 'Signed in with a passkey'],
    ['login', { method: 'social', second: 'none' }, 'Signed in with another provider'],
    ['login', { method: 'password', second: 'totp' }, 'Signed in with a code as the second step'],
    ['login', { method: 'password_reset', second: 'passkey' }, 'Signed in with a passkey as the second step'],
    ['second_factor_failed', { method: 'recovery_code' }, 'A wrong recovery code was entered'],
    ['second_factor_locked', { lasting: true }, 'Codes were locked after too many wrong ones'],
    ['totp_activated', { replaced: true }, 'The authenticator app was replaced'],
    ['recovery_code_used', { left: 1 }, 'A recovery code was used, and 1 is left'],
    ['reauthenticated', { method: 'totp' }, 'The identity was confirmed with a code'],
  ])('says of %s %j: %s', (kind, details: Record<string, string | number | boolean>, sentence) => {
    expect(describeEvent({ kind, details }, t)).toBe(sentence)
  })

  test('is the name of the kind, for a kind that only a newer server knows', () => {
    expect(describeEvent({ kind: 'magic_link_sent', details: {} }, t)).toBe('Magic link sent')
    expect(describeEvent({ kind: 'constructor', details: {} }, t)).toBe('Constructor')
  })
})
