import { discoverMetadata } from '../metadata.ts'
import type { ProviderOptions } from '../provider-settings.ts'
import { readNames } from '../read-names.ts'
import { isTrue, readSubject } from '../read-values.ts'
import type { Claims, ProviderFacts, Way } from '../way.ts'

/** What every provider of OpenID Connect has in common. */
export const OPEN_ID = {
  scopes: 'openid email profile',
  hasIdToken: true,
  keepsNonce: true,
  takesVerifier: true,
  asksUserinfo: true,
  domains: ['*'],
} as const satisfies Partial<Way>

/** The facts of claims by their standard names. */
export function readOpenIdClaims(claims: Claims, vouches: (email: string) => boolean): ProviderFacts {
  return {
    subject: readSubject(claims.sub),
    formerSubject: null,
    email: claims.email,
    vouches,
    ...readNames(claims),
  }
}

/** The way of a preset whose issuer is fixed and which vouches by `email_verified`. */
export function describePreset(preset: { name: string; issuer: string } & Partial<Way>): Way {
  const { issuer, ...way } = preset
  return {
    ...OPEN_ID,
    findMetadata: (_, parts) => discoverMetadata(issuer, parts),
    readClaims: (claims) => readOpenIdClaims(claims, () => isTrue(claims.email_verified)),
    ...way,
  }
}

/** Any issuer: it vouches for the domains that the operator names, and for none unless it does. */
export const ISSUER: Way = {
  ...OPEN_ID,
  name: null,
  domains: [],
  findMetadata: (options, parts) => discoverMetadata(requireIssuer(options), parts),
  readClaims: (claims) => readOpenIdClaims(claims, () => claims.email_verified === true),
}

function requireIssuer({ id, issuer }: ProviderOptions): string {
  if (issuer === null) throw new Error(`The provider ${id} has no issuer.`)
  return issuer
}
