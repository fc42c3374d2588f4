import type { AuditDetails, AuditKind } from '@latchkey/core'
import { describe, expect, test } from 'vitest'
import { createMessages } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { describeEvent } from './describe-event.ts'

/** One event per kind. The compiler refuses a new kind that has no example here. */
const EVENTS: { [Kind in AuditKind]: AuditDetails[Kind] } = {
  registered: {},
  login: { method: 'password' },
  login_failed: { reason: 'incorrect_credentials' },
  refresh_replayed: {},
  refresh_grace: { changed: 'both' },
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

  test('is the name of the kind, for a kind that only a newer server knows', () => {
    expect(describeEvent({ kind: 'passkey_added', details: {} }, t)).toBe('Passkey added')
    expect(describeEvent({ kind: 'constructor', details: {} }, t)).toBe('Constructor')
  })
})
