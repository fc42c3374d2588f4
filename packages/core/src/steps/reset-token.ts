import { createHash } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Context } from '../context.ts'
import { hasCanonicalSignature } from '../services/keys/canonical-signature.ts'

/** 132 bits, in base64url. A mark is shorter than a secret of a link, so that neither is taken for the other. */
const MARK_CHARACTERS = 22

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

/** An opened reset link. */
export interface OpenedLink {
  /** SHA-256 of the link's secret, base64url. */
  tokenHash: string
  /** When it was opened, in seconds. */
  openedAt: number
}

/** Reads the opened link of a reset token; null for a forged or expired token or any other text. */
export async function readResetToken(ctx: Context, token: string): Promise<OpenedLink | null> {
  if (!hasCanonicalSignature(token)) return null
  try {
    const { payload } = await jwtVerify<ResetClaims>(token, ({ kid }) => requireKey(ctx, kid), {
      algorithms: ['HS256'],
      issuer: ctx.config.publicUrl,
      audience: audienceOf(ctx),
      requiredClaims: ['exp', 'iat', 'link'],
      currentDate: new Date(ctx.clock.epochSeconds() * 1000),
    })
    const { token_type, link, iat } = payload
    return token_type === 'password_reset' && typeof link === 'string' && typeof iat === 'number'
      ? { tokenHash: link, openedAt: iat }
      : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

/**
 * The mark of a reset link, which a form carries to say which link it was made for.
 *
 * It is a digest of the stored hash, so a form shows nothing that the database has.
 */
export function markLink(tokenHash: string): string {
  return createHash('sha256').update(`the form of ${tokenHash}`).digest('base64url').slice(0, MARK_CHARACTERS)
}

async function requireKey(ctx: Context, kid: string | undefined) {
  const derived = await ctx.secrets['password-reset'].find(kid ?? '')
  if (!derived) throw new errors.JWSSignatureVerificationFailed()
  return derived.key
}

function audienceOf(ctx: Context): string {
  return `${ctx.config.publicUrl}/password/reset/set-new/`
}
