import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import {
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
  type SoftFaults,
  softAuthenticator,
} from '@latchkey/testkit'
import { SettingsService } from '@simplewebauthn/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readAssertion, readRegistration } from './presented-credential.ts'
import type {
  RelyingParty,
  StoredCredential,
  VerifiedAssertion,
  VerifiedRegistration,
} from './verified-credential.ts'
import { verifyAssertion, verifyRegistration } from './verify-credential.ts'

const SITE: RelyingParty = {
  rpId: 'example.com',
  origins: ['https://login.example.com', 'https://app.example.com:8443', 'android:apk-key-hash:abc'],
}
const HONEST: SoftAuthenticatorOptions = { origin: 'https://login.example.com', rpId: 'example.com' }
const USER = encode(randomBytes(16))
const challengeOf = () => encode(randomBytes(32))

function encode(data: Uint8Array): string {
  return Buffer.from(data).toString('base64url')
}

async function register(device: SoftAuthenticator, faults: SoftFaults = {}, expected?: string) {
  const challenge = challengeOf()
  const credential = readRegistration(device.create({ challenge, user: { id: USER } }, faults))
  return credential && verifyRegistration(SITE, { credential, challenge: expected ?? challenge })
}

async function enrol(device: SoftAuthenticator): Promise<VerifiedRegistration> {
  const verified = await register(device)
  if (!verified) throw new Error('An honest registration was refused.')
  return verified
}

interface Answered {
  faults?: SoftFaults
  expected?: string
  namesUser?: boolean
}

async function answer(device: SoftAuthenticator, stored: StoredCredential, answered: Answered = {}) {
  const challenge = challengeOf()
  const credential = readAssertion(device.get({ challenge }, answered.faults))
  const { expected = challenge, namesUser = true } = answered
  return (
    credential &&
    verifyAssertion(SITE, { credential, challenge: expected, stored, userHandle: USER, namesUser })
  )
}

/** What is false about an answer of either kind. */
const FAULTS: Record<string, SoftFaults> = {
  'an origin of another site': { origin: 'https://evil.example' },
  'an origin that only begins like ours': { origin: 'https://login.example.com.evil.example' },
  'an origin of a sub-domain': { origin: 'https://evil.login.example.com' },
  'an origin of the domain above': { origin: 'https://example.com' },
  'an origin with another port': { origin: 'https://login.example.com:8443' },
  'an origin without TLS': { origin: 'http://login.example.com' },
  'the origin null': { origin: 'null' },
  'no origin': { clientData: { origin: undefined } },
  'an origin that is a list': { clientData: { origin: SITE.origins } },
  'another RP ID': { rpId: 'evil.example' },
  'the RP ID of a sub-domain': { rpId: 'login.example.com' },
  'a frame of another site, as Safari says it': { clientData: { crossOrigin: true } },
  'a frame of another site': { clientData: { crossOrigin: true, topOrigin: 'https://evil.example' } },
  'a frame of another site, whose top is ours': {
    clientData: { crossOrigin: true, topOrigin: 'https://login.example.com' },
  },
  'a top origin without a frame': { clientData: { topOrigin: 'https://evil.example' } },
  'a frame that is a text': { clientData: { crossOrigin: 'true' } },
  'no type': { clientData: { type: undefined } },
  'a payment': { clientData: { type: 'payment.get' } },
  'user not verified, as a page that lowers the options gets it': { flags: { uv: false } },
  'user not present': { flags: { up: false } },
  'backed up without being eligible': { flags: { be: false, bs: true } },
  'bytes after the data of the authenticator': {
    authenticatorData: (data) => Buffer.concat([data, Buffer.of(0)]),
  },
  'extensions that are not there': { flags: { ed: true } },
  'data of the authenticator cut short': { authenticatorData: (data) => data.subarray(0, 36) },
  'no data of the authenticator': { authenticatorData: () => Buffer.alloc(0) },
  'a token binding that is none': { clientData: { tokenBinding: { status: 'x' } } },
}

describe('a new passkey', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'of %s is verified, and says what is stored of it',
    async (algorithm) => {
      const device = softAuthenticator({ ...HONEST, algorithm, counter: 7, synced: true })
      expect(await register(device)).toEqual({
        credentialId: device.credentialId,
        publicKey: expect.stringMatching(/^[\w-]+$/),
        signCount: 7,
        transports: ['hybrid', 'internal'],
        aaguid: '00000000-0000-0000-0000-000000000000',
        backupEligible: true,
        backedUp: true,
      })
    },
  )

  it.each(SITE.origins.slice(1))('is taken from the other origin %s of the settings', async (origin) => {
    expect(await register(softAuthenticator({ ...HONEST, origin }))).not.toBeNull()
  })

  it.each(Object.entries(FAULTS))('is refused with %s', async (_, faults) => {
    expect(await register(softAuthenticator(HONEST), faults)).toBeNull()
  })

  it('is refused with an answer of a sign-in in its place', async () => {
    expect(await register(softAuthenticator(HONEST), { clientData: { type: 'webauthn.get' } })).toBeNull()
  })

  it.each(['another challenge', 'the bytes of the challenge as a text'])(
    'is refused with %s',
    async (kind) => {
      const device = softAuthenticator(HONEST)
      const challenge = challengeOf()
      const credential = readRegistration(device.create({ challenge, user: { id: USER } }))
      const expected = kind === 'another challenge' ? challengeOf() : encode(Buffer.from(challenge))
      expect(credential && (await verifyRegistration(SITE, { credential, challenge: expected }))).toBeNull()
    },
  )

  it('is refused with the id of another credential than the signed one', async () => {
    const challenge = challengeOf()
    const sent = softAuthenticator(HONEST).create({ challenge, user: { id: USER } })
    const id = encode(randomBytes(20))
    for (const changes of [{ id, rawId: id }, { id }, { rawId: id }]) {
      const credential = readRegistration({ ...sent, ...changes })
      expect(credential && (await verifyRegistration(SITE, { credential, challenge }))).toBeNull()
    }
  })

  it.each(['ES384', 'RS512'] as const)('is refused with the algorithm %s', async (algorithm) => {
    expect(await register(softAuthenticator({ ...HONEST, algorithm }))).toBeNull()
  })

  it.each([-48, -49, -50])('is refused with the algorithm %s, which is an ML-DSA', async (alg) => {
    const publicKey = new Map<number, number | Uint8Array>([
      [1, 7],
      [3, alg],
      [-1, randomBytes(1312)],
    ])
    expect(await register(softAuthenticator(HONEST), { publicKey })).toBeNull()
  })

  it.each([
    [
      'a key of more than 2 KiB',
      new Map<number, number | Uint8Array>([
        [1, 3],
        [3, -257],
        [-1, randomBytes(2100)],
        [-2, randomBytes(3)],
      ]),
    ],
    ['a key without an algorithm', new Map([[1, 2]])],
    [
      'an algorithm that is a text',
      new Map<number, number | string>([
        [1, 2],
        [3, '-7'],
      ]),
    ],
    ['no key', new Map<number, number>()],
  ])('is refused with %s', async (_, publicKey) => {
    expect(await register(softAuthenticator(HONEST), { publicKey })).toBeNull()
  })

  it.each([15, 0, 1024])('is refused with a credential id of %s bytes', async (length) => {
    const device = softAuthenticator({ ...HONEST, credentialId: randomBytes(length) })
    expect(await register(device)).toBeNull()
  })

  it.each([16, 1023])('is taken with a credential id of %s bytes', async (length) => {
    const device = softAuthenticator({ ...HONEST, credentialId: randomBytes(length) })
    expect(await register(device)).toMatchObject({ credentialId: device.credentialId })
  })

  it('stores only ways to the authenticator that a browser knows', async () => {
    const challenge = challengeOf()
    const sent = softAuthenticator(HONEST).create({ challenge, user: { id: USER } })
    const transports = ['usb', 'carrier pigeon', 'nfc', 'usb', '']
    const credential = readRegistration({ ...sent, response: { ...sent.response, transports } })
    expect(credential && (await verifyRegistration(SITE, { credential, challenge }))).toMatchObject({
      transports: ['nfc', 'usb'],
    })
  })
})

describe('an attestation', () => {
  const packed = (alg: number, more: [string, Uint8Array[]][] = []) => ({
    fmt: 'packed',
    statement: (sig: Buffer) =>
      new Map<string, number | Uint8Array | Uint8Array[]>([['alg', alg], ['sig', sig], ...more]),
  })

  // The library asks for the certificates of a format before it looks at an attestation of it.
  beforeEach(() => void vi.spyOn(SettingsService, 'getRootCertificates'))
  afterEach(() => void vi.restoreAllMocks())

  it('packed by the key itself is verified', async () => {
    expect(await register(softAuthenticator(HONEST), { attestation: packed(-7) })).not.toBeNull()
    expect(SettingsService.getRootCertificates).toHaveBeenCalledOnce()
  })

  it('packed with a wrong signature is refused', async () => {
    const faults = { attestation: packed(-7), signature: flipLast }
    expect(await register(softAuthenticator(HONEST), faults)).toBeNull()
  })

  it.each([-65535, -48, -37])('packed with the algorithm %s is refused', async (alg) => {
    expect(await register(softAuthenticator(HONEST), { attestation: packed(alg) })).toBeNull()
    expect(SettingsService.getRootCertificates).not.toHaveBeenCalled()
  })

  const certified = ['fido-u2f', 'tpm', 'android-safetynet', 'android-key', 'apple', 'compound', 'NONE', '']
  const statement = (sig: Buffer) =>
    new Map<string, number | Uint8Array | Uint8Array[]>([
      ['alg', -7],
      ['sig', sig],
      ['x5c', [randomBytes(400)]],
    ])

  it.each([
    ...certified.map((fmt) => ({ fmt, statement })),
    packed(-7, [['x5c', [randomBytes(400)]]]),
    packed(-7, [['x5c', []]]),
  ])(
    '$fmt with a certificate is refused before it is looked at, and nothing connects',
    async (attestation) => {
      const connect = vi.spyOn(Socket.prototype, 'connect')
      expect(await register(softAuthenticator(HONEST), { attestation })).toBeNull()
      expect(SettingsService.getRootCertificates).not.toHaveBeenCalled()
      expect(connect).not.toHaveBeenCalled()
    },
  )

  it('of no format with a statement is refused', async () => {
    expect(await register(softAuthenticator(HONEST), { attestation: { fmt: 'none', statement } })).toBeNull()
  })
})

describe('the answer of a passkey', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'with %s is verified, and says its counter',
    async (algorithm) => {
      const device = softAuthenticator({ ...HONEST, algorithm, counter: 7 })
      const stored = await enrol(device)
      expect(await answer(device, stored)).toEqual({ signCount: 7, backedUp: false })
      expect(await answer(device, stored)).toEqual({ signCount: 8, backedUp: false })
    },
  )

  it.each(Object.entries(FAULTS))('is refused with %s', async (_, faults) => {
    const device = softAuthenticator(HONEST)
    expect(await answer(device, await enrol(device), { faults })).toBeNull()
  })

  it('is refused with a registration in its place', async () => {
    const device = softAuthenticator(HONEST)
    const faults = { clientData: { type: 'webauthn.create' } }
    expect(await answer(device, await enrol(device), { faults })).toBeNull()
  })

  it('is refused for another challenge', async () => {
    const device = softAuthenticator(HONEST)
    expect(await answer(device, await enrol(device), { expected: challengeOf() })).toBeNull()
  })

  it('is refused with the key of another passkey, and with another id', async () => {
    const [device, other] = [softAuthenticator(HONEST), softAuthenticator(HONEST)]
    const [stored, foreign] = [await enrol(device), await enrol(other)]
    expect(await answer(device, { ...stored, publicKey: foreign.publicKey })).toBeNull()
    expect(await answer(device, { ...stored, credentialId: foreign.credentialId })).toBeNull()
  })

  it('is refused when the stored key is of an algorithm that is not asked for, or cannot be read', async () => {
    const device = softAuthenticator({ ...HONEST, algorithm: 'ES384' })
    device.create({ challenge: challengeOf(), user: { id: USER } })
    const { credentialId } = device
    for (const publicKey of ['', 'AAAA', encode(randomBytes(77))]) {
      expect(await answer(device, { credentialId, publicKey, backupEligible: false })).toBeNull()
    }
  })

  it('is refused with any bit of the signature flipped, with none and with a long one', async () => {
    const device = softAuthenticator(HONEST)
    const stored = await enrol(device)
    for (let bit = 0; bit < 64 * 8; bit += 13) {
      expect(
        await answer(device, stored, { faults: { signature: (honest) => flip(honest, bit) } }),
      ).toBeNull()
    }
    for (const signature of [() => Buffer.alloc(0), () => randomBytes(6000), () => Buffer.alloc(72)]) {
      expect(await answer(device, stored, { faults: { signature } })).toBeNull()
    }
  })

  it('is refused with any bit of the signed data flipped', async () => {
    const device = softAuthenticator(HONEST)
    const stored = await enrol(device)
    for (let bit = 0; bit < 37 * 8; bit += 7) {
      const challenge = challengeOf()
      const sent = device.get({ challenge })
      const authenticatorData = encode(flip(Buffer.from(sent.response.authenticatorData, 'base64url'), bit))
      const credential = readAssertion({ ...sent, response: { ...sent.response, authenticatorData } })
      const given = { challenge, stored, userHandle: USER, namesUser: true }
      expect(credential && (await verifyAssertion(SITE, { ...given, credential }))).toBeNull()
    }
  })

  it.each<[string, string | null, boolean, boolean]>([
    ['is needed at a sign-in', null, true, false],
    ['is not needed where the user is known', null, false, true],
    ['of another user is refused at a sign-in', encode(randomBytes(16)), true, false],
    ['of another user is refused where the user is known', encode(randomBytes(16)), false, false],
    ['that is empty is none', '', true, false],
  ])('whose user handle %s', async (_, userHandle, namesUser, isTaken) => {
    const device = softAuthenticator(HONEST)
    const verified = await answer(device, await enrol(device), { faults: { userHandle }, namesUser })
    expect(verified !== null).toBe(isTaken)
  })

  it.each([true, false])(
    'is refused when it may be synced: not %s, as at its registration',
    async (synced) => {
      const device = softAuthenticator({ ...HONEST, synced })
      const stored = await enrol(device)
      expect(stored.backupEligible).toBe(synced)
      expect(await answer(device, { ...stored, backupEligible: !synced })).toBeNull()
      expect(await answer(device, stored, { faults: { flags: { be: !synced, bs: false } } })).toBeNull()
    },
  )

  it('says that the passkey is backed up by now', async () => {
    const device = softAuthenticator({ ...HONEST, synced: true })
    const stored = await enrol(device)
    const told = (bs: boolean): Promise<VerifiedAssertion | null> =>
      answer(device, stored, { faults: { flags: { bs } } })
    expect(await told(true)).toMatchObject({ backedUp: true })
    expect(await told(false)).toMatchObject({ backedUp: false })
  })
})

function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes)
  const at = (bit >> 3) % flipped.length
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

function flipLast(bytes: Buffer): Buffer {
  return flip(bytes, (bytes.length - 1) * 8)
}
