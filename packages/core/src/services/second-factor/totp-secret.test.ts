import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import type { UserId } from '../../words/ids.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { SEAL_CHARACTERS } from '../keys/name-seal.ts'
import { newTotpSecret } from './totp.ts'
import { listTotpSeals, openTotpSecret, sealTotpSecret } from './totp-secret.ts'

const ADA = '0197a000-0000-7000-8000-000000000001' as UserId
const BOB = '0197a000-0000-7000-8000-000000000002' as UserId
const FORMER = 'a-former-secret-0123456789-abcdefghijklmnop'
const PRESENT = 'a-present-secret-0123456789-abcdefghijklmno'

const former = deriveSecrets(FORMER, [])
const present = deriveSecrets(PRESENT, [FORMER])

describe('the sealed secret of an authenticator app', () => {
  it('opens for its user alone: moved to another user it opens nothing', async () => {
    const secret = newTotpSecret()
    const sealed = await sealTotpSecret(secret, ADA, present.totp)
    expect(sealed).not.toContain(secret)
    expect(await openTotpSecret(sealed, ADA, present.totp)).toBe(secret)
    await expect(openTotpSecret(sealed, BOB, present.totp)).rejects.toThrow('for another user')
  })

  it('does not open when its header was written for another user', async () => {
    const sealed = await sealTotpSecret(newTotpSecret(), ADA, present.totp)
    const header = { ...decodeProtectedHeader(sealed), sub: BOB }
    const [, ...rest] = sealed.split('.')
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.')
    await expect(openTotpSecret(forged, BOB, present.totp)).rejects.toThrow()
  })

  it('opens under a former secret while that is a fallback, and says which setting is missing afterwards', async () => {
    const secret = newTotpSecret()
    const sealed = await sealTotpSecret(secret, ADA, former.totp)
    expect(await openTotpSecret(sealed, ADA, present.totp)).toBe(secret)
    const without = deriveSecrets(PRESENT, [])
    await expect(openTotpSecret(sealed, ADA, without.totp)).rejects.toThrow('SECRET_KEY_FALLBACKS')
  })

  it('does not open with a key of another purpose', async () => {
    const sealed = await sealTotpSecret(newTotpSecret(), ADA, present.mail)
    await expect(openTotpSecret(sealed, ADA, present.totp)).rejects.toThrow()
  })

  it('names its key in its first characters, so that a statement finds it', async () => {
    const old = await sealTotpSecret(newTotpSecret(), ADA, former.totp)
    const now = await sealTotpSecret(newTotpSecret(), BOB, present.totp)
    const seals = [now, old].map((sealed) => sealed.slice(0, SEAL_CHARACTERS))
    expect(listTotpSeals(present.totp)).toEqual(seals)
    expect(Buffer.from(seals[0] ?? '', 'base64url').toString()).toContain(present.totp.current.kid)
  })
})
