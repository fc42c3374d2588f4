import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createVerifier, type Verifier, type VerifierOptions } from '../../src/server/index.ts'

/** The auth server whose tokens are signed. */
export const ISSUER = 'https://auth.example.com'

/** Signs tokens as the auth server does, and creates verifiers that know its key. */
export interface TokenSigner {
  /** Signs an access token that lives five minutes; a claim that is undefined is left out. */
  sign(claims?: Record<string, unknown>): Promise<string>
  verifierOf(options?: Partial<VerifierOptions>): Verifier
}

/** Creates an auth server with one key, which exists only in its tokens and its public key. */
export async function createTokenSigner(): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'k-1' }]
  const fetch: typeof globalThis.fetch = async () => Response.json({ keys })
  return {
    verifierOf: (options) => createVerifier({ issuer: ISSUER, fetch, ...options }),
    sign: (claims) => {
      const iat = Math.floor(Date.now() / 1000)
      const user = { sub: 'u-1', session: 's-1', session_iat: iat, role: 0, email_verified: true }
      const token = { iss: ISSUER, aud: ISSUER, token_type: 'access', iat, exp: iat + 300 }
      return new SignJWT({ ...token, ...user, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k-1' })
        .sign(privateKey)
    },
  }
}
