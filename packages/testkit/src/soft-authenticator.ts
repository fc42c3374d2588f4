import { createHash, randomBytes } from 'node:crypto'
import { type CborValue, encodeCbor } from './cbor.ts'
import { makeSoftKey, type SoftAlgorithm } from './soft-keys.ts'

const ID_BYTES = 20

/** The flags of an authenticator: user present, user verified, backup eligible, backed up, and what follows. */
const FLAGS = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40, ed: 0x80 }

type Flags = Record<keyof typeof FLAGS, boolean>

/** How a soft authenticator is made. */
export interface SoftAuthenticatorOptions {
  origin?: string
  rpId?: string
  algorithm?: SoftAlgorithm
  /** Whether it says that its passkey may be synced. */
  synced?: boolean
  /** The counter of its next answer; 0 for one that does not count. */
  counter?: number
  aaguid?: string
  credentialId?: Uint8Array
}

/** What is false about one answer. Everything else is as an honest browser and authenticator say it. */
export interface SoftFaults {
  origin?: string
  rpId?: string
  /** Members of the client data, over the honest ones. */
  clientData?: Record<string, unknown>
  flags?: Partial<Flags>
  counter?: number
  /** Changes the signature. */
  signature?: (honest: Buffer) => Uint8Array
  /** Changes the data of the authenticator before it is signed. */
  authenticatorData?: (honest: Buffer) => Uint8Array
  /** The user handle, base64url; null for none. */
  userHandle?: string | null
  /** The key that a registration shows, as a COSE key. */
  publicKey?: Map<number, CborValue>
  /** The attestation of a registration. */
  attestation?: { fmt: string; statement?: (signature: Buffer) => Map<string, CborValue> }
}

/** The credential of a registration, as `toJSON()` writes it. */
export interface SoftRegistration {
  id: string
  rawId: string
  type: string
  response: { clientDataJSON: string; attestationObject: string; transports: string[] }
  clientExtensionResults: object
}

/** The credential of an answer, as `toJSON()` writes it. */
export interface SoftAssertion {
  id: string
  rawId: string
  type: string
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string }
  clientExtensionResults: object
}

/** An authenticator with one passkey, and the browser before it. */
export interface SoftAuthenticator {
  credentialId: string
  /** The counter of the next answer. */
  counter: number
  create(options: { challenge: string; user: { id: string } }, faults?: SoftFaults): SoftRegistration
  get(options: { challenge: string }, faults?: SoftFaults): SoftAssertion
}

/**
 * Makes an authenticator in software, which answers as honestly as a test asks.
 *
 * @param options.origin - default: the public URL of a test core, and its host as the RP ID
 */
export function softAuthenticator(options: SoftAuthenticatorOptions = {}): SoftAuthenticator {
  const {
    origin = 'http://localhost:3000',
    rpId = 'localhost',
    algorithm = 'ES256',
    synced = false,
    aaguid = '00000000-0000-0000-0000-000000000000',
  } = options
  const key = makeSoftKey(algorithm)
  const id = options.credentialId ?? randomBytes(ID_BYTES)
  const credentialId = encode(id)
  const held = { user: '', counter: options.counter ?? 0 }

  function answer(type: string, challenge: string, faults: SoftFaults, attested?: Uint8Array) {
    const said = {
      type,
      challenge,
      origin: faults.origin ?? origin,
      crossOrigin: false,
      ...faults.clientData,
    }
    const clientData = Buffer.from(JSON.stringify(said))
    const flags = {
      up: true,
      uv: true,
      be: synced,
      bs: synced,
      at: Boolean(attested),
      ed: false,
      ...faults.flags,
    }
    const honest = Buffer.concat([
      digest(faults.rpId ?? rpId),
      Buffer.of(writeFlags(flags)),
      writeCounter(faults.counter ?? held.counter),
      attested ?? Buffer.alloc(0),
    ])
    const data = faults.authenticatorData?.(honest) ?? honest
    const signed = key.sign(Buffer.concat([data, digest(clientData)]))
    return { clientDataJSON: encode(clientData), data, signature: faults.signature?.(signed) ?? signed }
  }

  return {
    credentialId,
    get counter() {
      return held.counter
    },
    set counter(next) {
      held.counter = next
    },
    create: ({ challenge, user }, faults = {}) => {
      held.user = user.id
      const attested = attest(aaguid, id, faults.publicKey ?? key.cose)
      const { clientDataJSON, data, signature } = answer('webauthn.create', challenge, faults, attested)
      const { fmt, statement } = faults.attestation ?? { fmt: 'none' }
      const attestation = new Map<string, CborValue>([
        ['fmt', fmt],
        ['attStmt', statement?.(Buffer.from(signature)) ?? new Map()],
        ['authData', data],
      ])
      const attestationObject = encode(encodeCbor(attestation))
      const response = { clientDataJSON, attestationObject, transports: ['internal', 'hybrid'] }
      return { ...named(credentialId), response }
    },
    get: ({ challenge }, faults = {}) => {
      const { clientDataJSON, data, signature } = answer('webauthn.get', challenge, faults)
      if (held.counter > 0) held.counter++
      const userHandle = faults.userHandle === undefined ? held.user : faults.userHandle
      const response = { clientDataJSON, authenticatorData: encode(data), signature: encode(signature) }
      return { ...named(credentialId), response: { ...response, ...(userHandle !== null && { userHandle }) } }
    },
  }
}

function named(id: string) {
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
}

function attest(aaguid: string, id: Uint8Array, publicKey: Map<number, CborValue>): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  return Buffer.concat([Buffer.from(aaguid.replaceAll('-', ''), 'hex'), length, id, encodeCbor(publicKey)])
}

function writeFlags(flags: Flags): number {
  return Object.entries(FLAGS).reduce((sum, [name, bit]) => (flags[name as keyof Flags] ? sum | bit : sum), 0)
}

function writeCounter(counter: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(counter)
  return bytes
}

function digest(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

function encode(data: Uint8Array): string {
  return Buffer.from(data).toString('base64url')
}
