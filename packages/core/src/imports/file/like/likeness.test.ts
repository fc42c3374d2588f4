import { describe, expect, it } from 'vitest'
import { readForeignHash } from '../../../words/foreign-hash.ts'
import type { SourceUser } from '../../records.ts'
import { openFileSource } from '../source.ts'
import type { Product } from './find-likeness.ts'

async function readUsers(text: string, product: Product): Promise<SourceUser[]> {
  async function* chunks() {
    yield Buffer.from(text)
  }
  const format = product.name === 'clerk' ? 'csv' : 'ndjson'
  const source = await openFileSource({ input: chunks(), format, name: 'old', product })
  const users: SourceUser[] = []
  for await (const batch of source.users()) users.push(...batch)
  return users
}

async function readUser(record: object, product: Product): Promise<SourceUser | undefined> {
  return (await readUsers(JSON.stringify(record), product))[0]
}

const BCRYPT = '$2b$10$CHTfiTdlRRQiKgNPDTQcHu5ETN9d9aBQYzRZ1MHYzOpOPRL6WcW9q'
const UUID = '0199aa11-2222-4333-8444-555566667777'

describe('a user of Auth0', () => {
  const record = {
    _id: { $oid: '60425dc43519d90068f82973' },
    email_verified: false,
    email: 'ada@example.com',
    passwordHash: BCRYPT,
    password_set_date: { $date: '2021-03-05T16:34:12.502Z' },
    tenant: 'dev',
    connection: 'Username-Password-Authentication',
    _tmp_is_unique: true,
    version: '1.1',
  }

  it('keeps the id that its tokens had, and is as old as its record', async () => {
    expect(await readUser(record, { name: 'auth0' })).toMatchObject({
      oldId: 'auth0|60425dc43519d90068f82973',
      email: 'ada@example.com',
      emailVerified: false,
      isActive: true,
      createdAt: new Date('2021-03-05T16:35:16.000Z'),
      passwordHash: BCRYPT,
      passwordForm: 0,
      remarks: [],
    })
  })

  it('may have another id, and its address among its identifiers alone', async () => {
    const { email: _, email_verified: __, ...rest } = record
    const identifiers = [
      { type: 'phone', value: '+49', verified: true },
      { type: 'email', value: 'ada@example.com', verified: true },
    ]
    expect(await readUser({ ...rest, identifiers, alt_id: 'x7' }, { name: 'auth0' })).toMatchObject({
      oldId: 'auth0|x7',
      email: 'ada@example.com',
      emailVerified: true,
    })
  })
})

describe('a user of Firebase', () => {
  const parameters = { rounds: 8, memCost: 14, saltSeparator: 'Bw==' }
  const record = {
    localId: 'Xo6nEHCgbFQJ0BB2jyu9Bs2cFGC3',
    email: 'ada@example.com',
    emailVerified: true,
    passwordHash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    salt: '42xEC+ixf3L2lw==',
    displayName: 'Ada King Lovelace',
    lastSignedInAt: '1709251200000',
    createdAt: '1700000000000',
    disabled: true,
    providerUserInfo: [{ providerId: 'password' }],
  }

  it('has a hash that names the parameters of the project, and no signer key', async () => {
    const user = await readUser(record, { name: 'firebase', parameters })
    expect(user).toMatchObject({
      oldId: record.localId,
      firstName: 'Ada',
      lastName: 'King Lovelace',
      emailVerified: true,
      isActive: false,
      createdAt: new Date(1_700_000_000_000),
      lastLogin: new Date(1_709_251_200_000),
      remarks: [],
    })
    expect(readForeignHash(user?.passwordHash ?? '')).toMatchObject({ scheme: 'firebase' })
  })

  it('is reported with other providers and second factors', async () => {
    const { passwordHash: _, salt: __, ...rest } = record
    const other = {
      ...rest,
      providerUserInfo: [{ providerId: 'google.com' }],
      mfaInfo: [{ phoneInfo: '+49' }],
    }
    expect(await readUser(other, { name: 'firebase', parameters })).toMatchObject({
      passwordHash: '',
      remarks: [{ word: 'social' }, { word: 'mfa_unreadable' }],
    })
  })
})

describe('a user of Clerk', () => {
  const header =
    'id,first_name,last_name,username,primary_email_address,primary_phone_number,verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,totp_secret,password_digest,password_hasher'

  it('has its primary address, and the others are reported', async () => {
    const row = `user_2,Ada,Lovelace,,ada@example.com,,"ada@example.com,a@example.org",,,,JBSWY3DPEHPK3PXP,${BCRYPT},bcrypt`
    expect(await readUsers(`${header}\n${row}\n`, { name: 'clerk' })).toMatchObject([
      {
        oldId: 'user_2',
        email: 'ada@example.com',
        emailVerified: true,
        passwordHash: BCRYPT,
        totp: { secret: 'JBSWY3DPEHPK3PXP' },
        remarks: [{ word: 'secondary_address', detail: 'a@example.org' }],
      },
    ])
  })

  const HASHES: [string, string, object][] = [
    ['bcrypt', BCRYPT, { scheme: 'bcrypt' }],
    [
      'pbkdf2_sha256',
      'pbkdf2_sha256$1000$c2FsdA==$YyLzFb3rXHmaZx+nEUYnXwr3HvWDXWyvzZ00B1hv0pM=',
      { scheme: 'pbkdf2' },
    ],
    ['pbkdf2_sha1', `pbkdf2_sha1$1000$salt$${'ab'.repeat(20)}`, { scheme: 'pbkdf2' }],
    ['scrypt_firebase', `${'ab'.repeat(32)}$c2FsdA==$a2V5$Bw==$8$14`, { scheme: 'firebase' }],
    ['pbkdf2_sha1', 'pbkdf2_sha1$1000$salt$zz', { refused: 'unknown_hash' }],
    ['md5', '5f4dcc3b5aa765d61d8327deb882cf99', { refused: 'weak_hash' }],
    ['ldap_ssha', '{SSHA}x', { refused: 'unknown_hash' }],
    ['bcrypt', '', { refused: 'no_password' }],
  ]

  it.each(HASHES)('may have a hash of %s: %s', async (hasher, digest, verdict) => {
    const row = `user_2,,,,a@example.com,,,a@example.com,,,,${digest},${hasher}`
    const [user] = await readUsers(`${header}\n${row}\n`, { name: 'clerk' })
    expect(user).toMatchObject({ emailVerified: false })
    expect(readForeignHash(user?.passwordHash ?? '')).toMatchObject(verdict)
  })
})

describe('a user of Keycloak', () => {
  const salt = Buffer.alloc(16, 1).toString('base64')
  const value = Buffer.alloc(32, 2).toString('base64')

  function withCredentials(...credentials: [string, object, object][]) {
    return {
      id: UUID,
      createdTimestamp: 1_700_000_000_000,
      username: 'ada',
      enabled: true,
      emailVerified: true,
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com',
      credentials: credentials.map(([type, data, secret]) => ({
        type,
        credentialData: JSON.stringify(data),
        secretData: JSON.stringify(secret),
      })),
    }
  }

  it.each<[string, object, object]>([
    ['pbkdf2', { hashIterations: 20_000, algorithm: 'pbkdf2' }, { scheme: 'pbkdf2' }],
    ['pbkdf2-sha256', { hashIterations: 27_500, algorithm: 'pbkdf2-sha256' }, { scheme: 'pbkdf2' }],
    ['pbkdf2-sha512', { hashIterations: 210_000, algorithm: 'pbkdf2-sha512' }, { scheme: 'pbkdf2' }],
    [
      'argon2',
      {
        hashIterations: 5,
        algorithm: 'argon2',
        additionalParameters: {
          hashLength: ['32'],
          memory: ['7168'],
          type: ['id'],
          version: ['1.3'],
          parallelism: ['1'],
        },
      },
      { scheme: 'argon2' },
    ],
    ['another algorithm', { hashIterations: 5, algorithm: 'md4' }, { refused: 'unknown_hash' }],
  ])('may have a hash of %s', async (_, data, verdict) => {
    const user = await readUser(withCredentials(['password', data, { value, salt }]), { name: 'keycloak' })
    expect(user).toMatchObject({
      oldId: UUID,
      firstName: 'Ada',
      isActive: true,
      emailVerified: true,
      createdAt: new Date(1_700_000_000_000),
      passwordForm: 0,
    })
    expect(readForeignHash(user?.passwordHash ?? '')).toMatchObject(verdict)
  })

  const totp = { subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }

  it('keeps its authenticator app, whose secret is a text or base32', async () => {
    const text = await readUser(withCredentials(['otp', totp, { value: 'Ada-Lovelace-1815' }]), {
      name: 'keycloak',
    })
    expect(text).toMatchObject({ totp: { secret: 'IFSGCLKMN53GK3DBMNSS2MJYGE2Q' }, remarks: [] })
    const data = { ...totp, secretEncoding: 'BASE32' }
    const base32 = await readUser(withCredentials(['otp', data, { value: 'JBSWY3DPEHPK3PXP' }]), {
      name: 'keycloak',
    })
    expect(base32).toMatchObject({ totp: { secret: 'JBSWY3DPEHPK3PXP' } })
  })

  it.each<[string, object]>([
    ['an app of eight digits', ['otp', { ...totp, digits: 8 }, { value: 'Ada-Lovelace-1815' }]],
    ['a passkey', ['webauthn', {}, {}]],
  ])('is reported for %s, alone and beside an app', async (_, credential) => {
    const first: [string, object, object] = ['otp', totp, { value: 'Ada-Lovelace-1815' }]
    const other = credential as [string, object, object]
    const alone = await readUser(withCredentials(other), { name: 'keycloak' })
    expect(alone).toMatchObject({ totp: null, remarks: [{ word: 'mfa_unreadable' }] })
    const beside = await readUser(withCredentials(first, other), { name: 'keycloak' })
    expect(beside).toMatchObject({ totp: {}, remarks: [{ word: 'factor_left' }] })
  })
})
