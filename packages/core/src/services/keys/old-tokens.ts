import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { type OldClaims, type OldTokenAlgorithm, readOldClaims } from '../../words/old-token.ts'

/** How the deployment signed its tokens from which users were moved in. */
export interface OldTokenOptions {
  algorithm: OldTokenAlgorithm
  /** The secret of an algorithm that begins with `HS`, else the public key in PEM. */
  key: string
  /** The `iss` and the `aud` that a token must have; null: it is not looked at. */
  issuer: string | null
  audience: string | null
}

/** A well-signed token of the other deployment; null for every other text. */
export type OldTokenVerdict = { claims: OldClaims; isExpired: boolean } | null

/** Judges the tokens of the other deployment. */
export interface OldTokens {
  /** @param nowSeconds - seconds since the Unix epoch */
  verify(token: string, nowSeconds: number): Promise<OldTokenVerdict>
}

/**
 * Opens the key of the deployment from which users were moved in.
 *
 * Its tokens name no key, and those of this server always do. So no token is looked at with the keys of both.
 */
export function openOldTokens({ algorithm, key, issuer, audience }: OldTokenOptions): OldTokens {
  const opened = openKey(algorithm, key)
  return {
    verify: async (token, nowSeconds) => {
      if (namesKey(token)) return null
      try {
        const { payload } = await jwtVerify(token, opened, {
          algorithms: [algorithm],
          requiredClaims: ['exp'],
          currentDate: new Date(nowSeconds * 1000),
          ...(issuer !== null && { issuer }),
          ...(audience !== null && { audience }),
        })
        return toVerdict(payload, false)
      } catch (error) {
        // The library checks the expiry last, so an expired token has passed every other check.
        if (error instanceof errors.JWTExpired) return toVerdict(error.payload, true)
        if (error instanceof errors.JOSEError) return null
        throw error
      }
    },
  }
}

function openKey(algorithm: OldTokenAlgorithm, key: string): KeyObject {
  return algorithm.startsWith('HS') ? createSecretKey(Buffer.from(key)) : createPublicKey(key)
}

function namesKey(token: string): boolean {
  try {
    return 'kid' in decodeProtectedHeader(token)
  } catch {
    return true
  }
}

function toVerdict(payload: JWTPayload, isExpired: boolean): OldTokenVerdict {
  const claims = readOldClaims(payload)
  return claims && { claims, isExpired }
}
