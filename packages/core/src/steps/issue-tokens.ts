import type { Context } from '../context.ts'
import { signHs256 } from '../services/keys/hs256.ts'
import { signJwt } from '../services/keys/sign-jwt.ts'
import type { DatedSubject, TokenPair, TokenSubject, TokenType } from '../words/claims.ts'

/**
 * Signs an access token and a refresh token for a session, as JWTs in compact form. It asks no clock.
 *
 * An access token verifies with the published keys. A refresh token verifies only with a key derived from
 * `SECRET_KEY`, so a service that trusts the published keys cannot accept it as an access token.
 */
export function issueTokens(ctx: Context, subject: DatedSubject): TokenPair {
  return {
    access: signAccess(ctx, subject),
    refresh: signRefresh(ctx, subject),
    ...(subject.jkt !== null && { bound: true }),
    ...(subject.superseded && { superseded: true }),
  }
}

function signAccess(ctx: Context, subject: DatedSubject): string {
  const key = ctx.keys.active()
  const { issuedAt } = subject
  const expiresAt = issuedAt + ctx.config.accessTokenLifetimeSeconds
  // A service that knows only the published keys must not accept the token after the end of the session.
  const sessionEnd = subject.sessionExpiresAt ? toEpochSeconds(subject.sessionExpiresAt) : expiresAt
  const claims = {
    ...buildClaims(ctx, subject, 'access'),
    iat: issuedAt,
    exp: Math.min(expiresAt, sessionEnd),
  }
  return signJwt({ alg: key.algorithm, kid: key.kid }, claims, key.sign)
}

function signRefresh(ctx: Context, subject: DatedSubject): string {
  const { issuedAt } = subject
  const claims = {
    ...buildClaims(ctx, subject, 'refresh'),
    iat: issuedAt,
    exp: issuedAt + ctx.config.refreshTokenLifetimeSeconds,
    generation: subject.generation,
  }
  return signHs256(claims, ctx.secrets['refresh-token'].current)
}

function buildClaims(ctx: Context, subject: TokenSubject, type: TokenType) {
  return {
    token_type: type,
    jti: crypto.randomUUID(),
    iss: ctx.config.publicUrl,
    aud: audienceOf(ctx.config.publicUrl, type),
    sub: subject.userId,
    user_id: subject.externalId ?? subject.userId,
    session: subject.sessionId,
    session_iat: toEpochSeconds(subject.sessionCreatedAt),
    role: subject.role,
    email_verified: subject.emailVerified,
    auth_time: toEpochSeconds(subject.authTime),
    acr: subject.acr,
    amr: subject.amr.split(' '),
  }
}

/** The `aud` of a kind of token. Access tokens are for every service, refresh tokens for this server alone. */
export function audienceOf(publicUrl: string, type: TokenType): string {
  return type === 'access' ? publicUrl : `${publicUrl}/refresh/`
}

function toEpochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
