import { createHmac, randomUUID } from 'node:crypto'

/** The key that signs tokens in tests. Nobody knows the key of the fixture's own tokens. */
export const DJANGO_SECRET_KEY = 'django-insecure-the-secret-of-the-old-deployment'

/** How long a refresh token of release 1.5.1 is good. */
export const DJANGO_REFRESH_SECONDS = 14 * 86_400

/** How long an access token is good. */
export const DJANGO_ACCESS_SECONDS = 1800

/** The claims of a token of django-jwt-allauth. */
export interface DjangoClaims {
  token_type: 'access' | 'refresh'
  exp: number
  iat: number
  /** 32 hex digits. */
  jti: string
  /** A string under Simple JWT 5.5, a number under older ones. */
  user_id: string | number
  /** 32 hex digits. */
  session: string
  /** Absent in the tokens of 1.0.0. */
  session_iat?: number
  role: number
  /** Absent in the tokens of 1.0.0. */
  email_verified?: boolean
}

/** The claims of a token, without verification. */
export function readDjangoClaims(token: string): DjangoClaims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** Signs claims as PyJWT does: HS256, the members of the header in its order, no `kid`. */
export function signDjangoToken(
  claims: object,
  { header = {}, secret = DJANGO_SECRET_KEY }: { header?: object; secret?: string } = {},
): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/** Makes an id as Python's `uuid4().hex` does: 32 hexadecimal digits. */
export function newDjangoId(): string {
  return randomUUID().replaceAll('-', '')
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
