import { randomBytes } from 'node:crypto'
import { softAuthenticator } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { readAssertion, readRegistration } from './presented-credential.ts'
import { verifyAssertion, verifyRegistration } from './verify-credential.ts'

const SITE = { rpId: 'localhost', origins: ['http://localhost:3000'] }
const challenge = randomBytes(32).toString('base64url')
const user = { id: randomBytes(16).toString('base64url') }
const device = softAuthenticator()
const created = device.create({ challenge, user })
const given = device.get({ challenge })

/** Values that are no texts of ours, each in every place of a credential. */
const JUNK: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  '',
  ' ',
  'a',
  'ab=',
  'a+/b',
  'é',
  '\u0000',
  '\ud800',
  'AAAA\n',
  '%00',
  'null',
  '{}',
  [],
  ['AAAA'],
  {},
  { length: 3 },
  { toString: 'x' },
  'A'.repeat(8193),
  'A'.repeat(8192),
  'Zm9v',
  'e30',
  'bnVsbA',
  'W10',
  encodeJson({ challenge: 1 }),
  encodeJson({ challenge }),
  encodeJson({ type: 'webauthn.get', challenge, origin: null }),
  Buffer.alloc(6000, 0x81).toString('base64url'),
  Buffer.alloc(6000, 0xc1).toString('base64url'),
  Buffer.from('bf6161ff', 'hex').toString('base64url'),
  Buffer.from('a301634f4b50', 'hex').toString('base64url'),
  Buffer.from('9affffffff00', 'hex').toString('base64url'),
  Buffer.from('5bffffffffffffffff', 'hex').toString('base64url'),
  Buffer.from('a163666d74646e6f6e65', 'hex').toString('base64url'),
]

function encodeJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Puts every junk into every place of an honest credential. */
function* spoil(honest: { response: object }): Generator<unknown> {
  yield* JUNK
  for (const junk of JUNK) {
    for (const name of Object.keys(honest)) yield { ...honest, [name]: junk }
    for (const name of Object.keys(honest.response)) {
      yield { ...honest, response: { ...honest.response, [name]: junk } }
    }
  }
}

/** Members that no ceremony reads, and those that may be missing. */
const FREE = new Set(['clientExtensionResults', 'transports', 'userHandle'])

describe('a credential of the wrong shape', () => {
  it('is a refusal at a registration, and never another error', async () => {
    for (const sent of spoil(without(created))) {
      const credential = readRegistration(sent)
      expect(credential && (await verifyRegistration(SITE, { credential, challenge }))).toBeNull()
    }
  })

  it('is a refusal at a sign-in, and never another error', async () => {
    const verified = readRegistration(created)
    const stored = verified && (await verifyRegistration(SITE, { credential: verified, challenge }))
    if (!stored) throw new Error('An honest registration was refused.')
    const known = { challenge, stored, userHandle: user.id, namesUser: false }
    for (const sent of spoil(without(given))) {
      const credential = readAssertion(sent)
      expect(credential && (await verifyAssertion(SITE, { ...known, credential }))).toBeNull()
    }
  })

  it('is one with another spelling of the same bytes', () => {
    const spellings = (text: string) => [`${text}=`, ` ${text}`, `${text}\n`, `${text}A===`]
    for (const id of spellings(given.id)) expect(readAssertion({ ...given, id, rawId: id })).toBeNull()
    for (const signature of spellings(given.response.signature)) {
      expect(readAssertion({ ...given, response: { ...given.response, signature } })).toBeNull()
    }
  })

  it('is one without a challenge, while further members do no harm', () => {
    const clientDataJSON = encodeJson({ type: 'webauthn.get' })
    expect(readAssertion({ ...given, response: { ...given.response, clientDataJSON } })).toBeNull()
    const more = { ...given, authenticatorAttachment: 'platform', response: { ...given.response, more: 1 } }
    expect(readAssertion(more)).toMatchObject({ id: device.credentialId, challenge })
  })
})

function without<Sent extends { response: object }>(sent: Sent): Sent {
  const keep = (members: object) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => !FREE.has(name)))
  return { ...keep(sent), response: keep(sent.response) } as Sent
}
