import { errors, jwtVerify, SignJWT } from 'jose'
import type { Context } from '../context.ts'
import { hasCanonicalSignature } from '../services/keys/canonical-signature.ts'

/** The claims of a reset token. */
interface ResetClaims {
  token_type: 'password_reset'
  /** SHA-256 of the link's secret, base64url. The secret itself is not in the token. */
  link: string
}

/**
 * Signs a reset token, which stands for an opened reset link, under a key of its own purpose.
 *
 * The token works only while the link is unused, and for at most `openedLinkLifetimeSeconds`.
 */
export async function signResetToken(ctx: Context, tokenHash: string): Promise<string> {
  const { kid, key } = ctx.secrets['password-reset'].current
  const issuedAt = ctx.clock.epochSeconds()
  const claims: ResetClaims = { token_type: 'password_reset', link: tokenHash }
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', kid, typ: 'JWT' })
    .setIssuer(ctx.config.publicUrl)
    .setAudience(audienceOf(ctx))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ctx.config.openedLinkLifetimeSeconds)
    .sign(key)
}

/** Reads the SHA-256 of the link's secret from a reset token; null for a forged or expired token or any other text. */
export async function readResetToken(ctx: Context, token: string): Promise<string | null> {
  if (!hasCanonicalSignature(token)) return null
  try {
    const { payload } = await jwtVerify<ResetClaims>(token, ({ kid }) => requireKey(ctx, kid), {
      algorithms: ['HS256'],
      issuer: ctx.config.publicUrl,
      audience: audienceOf(ctx),
      requiredClaims: ['exp', 'link'],
      currentDate: new Date(ctx.clock.epochSeconds() * 1000),
    })
    return payload.token_type === 'password_reset' && typeof payload.link === 'string' ? payload.link : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

function requireKey(ctx: Context, kid: string | undefined) {
  const derived = ctx.secrets['password-reset'].accepted.get(kid ?? '')
  if (!derived) throw new errors.JWSSignatureVerificationFailed()
  return derived.key
}

function audienceOf(ctx: Context): string {
  return `${ctx.config.publicUrl}/password/reset/set-new/`
}
