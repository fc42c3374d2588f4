import type { SessionInfo } from '@latchkey/client'
import { describe, expect, it } from 'vitest'
import { createMessages } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { describeDevice, pickDeviceIcon } from './describe-device.ts'

const { t, formatRelative } = createMessages('en', ENGLISH)

function session(parts: Partial<SessionInfo>): SessionInfo {
  const at = '2026-01-01T00:00:00.000Z'
  const times = { created_at: at, last_seen_at: at, expires_at: at }
  return { id: '1', current: false, ...times, ip: null, browser: null, os: null, device: null, ...parts }
}

describe('a device', () => {
  it.each([
    ['Chrome on Windows', 'computer', { browser: 'Chrome', os: 'Windows', device: 'desktop' }],
    ['Safari on macOS', 'computer', { browser: 'Safari', os: 'macOS', device: 'Apple' }],
    ['Safari on Apple iPhone', 'phone', { browser: 'Safari', os: 'iOS', device: 'Apple iPhone' }],
    ['Chrome on Android', 'phone', { browser: 'Chrome', os: 'Android', device: 'mobile' }],
    ['curl', 'terminal', { browser: 'curl' }],
    ['Unknown device', 'terminal', {}],
  ])('is described as %s', (name, icon, parts) => {
    expect(describeDevice(session(parts), t)).toBe(name)
    expect(pickDeviceIcon(session(parts))).toBe(icon)
  })
})

describe('an age', () => {
  const now = Date.parse('2026-01-10T12:00:00Z')

  it.each([
    ['2026-01-10T12:00:05Z', 'just now'],
    ['2026-01-10T11:59:30Z', 'just now'],
    ['2026-01-10T11:55:00Z', '5 minutes ago'],
    ['2026-01-10T10:00:00Z', '2 hours ago'],
    ['2026-01-09T11:00:00Z', 'yesterday'],
    ['2026-01-01T12:00:00Z', '9 days ago'],
  ])('of %s is described as %s', (at, sentence) => {
    expect(formatRelative(at, now)).toBe(sentence)
  })
})
