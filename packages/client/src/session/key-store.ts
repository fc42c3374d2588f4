/** The public part of a key of a device, as a JSON Web Key (RFC 7517). */
export interface PublicKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  /** 32 bytes, base64url. */
  readonly x: string
  /** 32 bytes, base64url. */
  readonly y: string
}

/** A key that stays on a device. Sessions are bound to it. */
export interface DeviceKey {
  readonly publicKey: PublicKey
  /**
   * Signs by ECDSA over SHA-256. The signature is r and s, 32 bytes each; the form of X9.62 (DER) is taken too.
   *
   * A rejection leaves a sign-in unbound, and fails a refresh with `storage_unavailable`; it ends no session.
   */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/**
 * Keeps the keys of a device, by name. A name is the `storageKey` of a client.
 *
 * A browser needs none. An app gives one that asks the store of its platform, so that the private key never leaves it.
 */
export interface KeyStore {
  /**
   * Finds a key.
   *
   * @returns null when it is certain that there is no such key: then a session that is bound to it ends here. A rejection
   *   ends nothing, so a store that cannot be read at the moment rejects
   */
  load(name: string): Promise<DeviceKey | null>
  /** Makes a key of ECDSA with the curve P-256, and keeps it under a name that has none. */
  create(name: string): Promise<DeviceKey>
  /** Removes a key, because the user signs out. */
  remove(name: string): Promise<void>
}
