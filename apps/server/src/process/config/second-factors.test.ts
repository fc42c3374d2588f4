import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const AUTH = { PUBLIC_URL: 'https://auth.example.com' }

describe('passkeys', () => {
  it('belong to the host of PUBLIC_URL, and work on its origin', () => {
    expect(loadConfig(AUTH).config).toMatchObject({
      passkeysEnabled: true,
      passkeyRpId: 'auth.example.com',
      passkeyOrigins: ['https://auth.example.com'],
    })
  })

  it('work on the origins of CORS_ORIGINS that lie on the RP ID or below it, and on no other', () => {
    const origins =
      'https://app.example.com https://example.com https://badexample.com https://example.com.evil.net'
    const { config } = loadConfig({ ...AUTH, PASSKEY_RP_ID: 'example.com', CORS_ORIGINS: origins })
    expect(config.passkeyOrigins).toEqual([
      'https://auth.example.com',
      'https://app.example.com',
      'https://example.com',
    ])
  })

  it.each(['http://auth.example.com', 'https://192.0.2.1', 'https://[2001:db8::1]'])(
    'are off below %s with one line in the log, and refused when they are set by hand',
    (url) => {
      const { config, warnings } = loadConfig({ PUBLIC_URL: url })
      expect(config.passkeysEnabled).toBe(false)
      expect(warnings.filter((line) => line.startsWith('PASSKEYS'))).toHaveLength(1)
      expect(findMistakes({ PUBLIC_URL: url, PASSKEYS: 'true' })).toEqual([
        expect.stringMatching(/^PASSKEYS=true needs a PUBLIC_URL/),
      ])
    },
  )

  it.each([
    ['other.com', 'PASSKEY_RP_ID must be auth.example.com, or a domain that it lies under'],
    ['th.example.com', 'PASSKEY_RP_ID must be auth.example.com, or a domain that it lies under'],
    ['com', 'PASSKEY_RP_ID must not be a public suffix, because browsers refuse it'],
  ])('of the RP ID %s are refused', (id, sentence) => {
    expect(findMistakes({ ...AUTH, PASSKEY_RP_ID: id })).toEqual([sentence])
  })

  it('take exact origins and Android apps, and nothing else', () => {
    const app = `android:apk-key-hash:${'a'.repeat(43)}`
    const { config } = loadConfig({ ...AUTH, PASSKEY_ORIGINS: `https://app.example.com, ${app}` })
    expect(config.passkeyOrigins).toEqual(['https://app.example.com', app])
    for (const wrong of [
      'https://app.example.com/',
      'http://app.example.com',
      'null',
      '*',
      'android:apk-key-hash:',
    ]) {
      expect(findMistakes({ ...AUTH, PASSKEY_ORIGINS: wrong })).toEqual([
        expect.stringMatching(/^PASSKEY_ORIGINS must be exact origins/),
      ])
    }
  })
})

describe('the second factor', () => {
  it('may be required of roles', () => {
    expect(loadConfig({ MFA_REQUIRED_ROLES: '900, 1000' }).config.mfaRequiredRoles).toEqual([900, 1000])
    expect(findMistakes({ MFA_REQUIRED_ROLES: 'staff' })).toHaveLength(1)
    expect(findMistakes({ MFA_REQUIRED_ROLES: '900', MFA_MODE: 'disabled' })).toEqual([
      'MFA_REQUIRED_ROLES needs another MFA_MODE than disabled',
    ])
  })

  it('has the name of the service as its issuer, and an issuer has no colon', () => {
    expect(loadConfig({ APP_NAME: 'Example: accounts' }).config.mfaIssuer).toBe('Example  accounts')
    expect(loadConfig({ MFA_ISSUER: 'Example' }).config.mfaIssuer).toBe('Example')
    for (const wrong of ['a:b', 'x'.repeat(65)]) expect(findMistakes({ MFA_ISSUER: wrong })).toHaveLength(1)
  })

  it.each([
    ['MFA_MAX_ATTEMPTS', '2'],
    ['MFA_MAX_ATTEMPTS', '101'],
    ['REAUTHENTICATION_MAX_AGE', '59s'],
    ['MFA_MODE', 'mandatory'],
  ])('refuses %s=%s', (name, value) => {
    expect(findMistakes({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))])
  })
})
