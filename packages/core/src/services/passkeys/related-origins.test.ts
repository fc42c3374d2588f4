import { describe, expect, it } from 'vitest'
import { namePasskey } from './providers.ts'
import { listRelatedOrigins } from './related-origins.ts'

describe('the related origins', () => {
  it('are those of other sites alone', () => {
    const origins = [
      'https://example.com',
      'https://login.example.com:8443',
      'https://notexample.com',
      'https://example.com.evil.example',
      'https://example.org',
      'http://example.net',
      'android:apk-key-hash:abc',
      'junk',
    ]
    expect(listRelatedOrigins({ rpId: 'example.com', origins })).toEqual([
      'https://notexample.com',
      'https://example.com.evil.example',
      'https://example.org',
    ])
  })
})

describe('a passkey without a name', () => {
  it.each([
    ['ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', 'Google Password Manager'],
    ['00000000-0000-0000-0000-000000000000', 'Firefox, Linux'],
    ['constructor', 'Firefox, Linux'],
  ])('of the authenticator %s is called %s', (aaguid, name) => {
    expect(namePasskey(aaguid, { browser: 'Firefox', os: 'Linux' })).toBe(name)
  })

  it('of an unknown browser is called a passkey', () => {
    expect(namePasskey('00000000-0000-0000-0000-000000000000', { browser: null, os: null })).toBe('Passkey')
  })
})
