import { type CryptoKey, generateKeyPair, generateSecret, jwtVerify, SignJWT } from 'jose'

/** What the tokens of a session state. */
export interface Subject {
  userId: string
  sessionId: string
  generation: number
  role: number
  emailVerified: boolean
  createdAt: Date
}

/** The two tokens of a session. */
export interface TokenPair {
  access: string
  refresh: string
}

/** Seconds. */
export const IDLE_SECONDS = 14 * 86_400
const ACCESS_SECONDS = 1800
const ISSUER = 'https://auth.example.com'
const REFRESH_AUDIENCE = `${ISSUER}/refresh/`

const refreshKey = (await generateSecret('HS256')) as CryptoKey
const accessKeys = await generateKeyPair('ES256')

/** Signs the tokens of Latchkey with `jose`: ES256 for the access token, HS256 for the refresh token. */
export async function signTokens(subject: Subject): Promise<TokenPair> {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { ...claimsOf(subject), iat }
  const [access, refresh] = await Promise.all([
    new SignJWT({ ...claims, token_type: 'access', jti: newId(), aud: ISSUER, exp: iat + ACCESS_SECONDS })
      .setProtectedHeader({ alg: 'ES256', kid: 'route', typ: 'JWT' })
      .sign(accessKeys.privateKey),
    new SignJWT({
      ...claims,
      token_type: 'refresh',
      jti: newId(),
      aud: REFRESH_AUDIENCE,
      exp: iat + IDLE_SECONDS,
      generation: subject.generation,
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'route', typ: 'JWT' })
      .sign(refreshKey),
  ])
  return { access, refresh }
}

/** Verifies an access token. */
export async function verifyAccess(token: string): Promise<{ userId: string; sessionId: string }> {
  const rules = { algorithms: ['ES256'], issuer: ISSUER, audience: ISSUER }
  const { payload } = await jwtVerify(token, accessKeys.publicKey, rules)
  return { userId: payload.sub as string, sessionId: payload.session as string }
}

/** Verifies a refresh token. */
export async function verifyRefresh(token: string): Promise<{ sessionId: string; generation: number }> {
  const rules = { algorithms: ['HS256'], issuer: ISSUER, audience: REFRESH_AUDIENCE }
  const { payload } = await jwtVerify(token, refreshKey, rules)
  return { sessionId: payload.session as string, generation: payload.generation as number }
}

function claimsOf(subject: Subject) {
  const createdAt = Math.floor(subject.createdAt.getTime() / 1000)
  return {
    iss: ISSUER,
    sub: subject.userId,
    user_id: subject.userId,
    session: subject.sessionId,
    session_iat: createdAt,
    role: subject.role,
    email_verified: subject.emailVerified,
    auth_time: createdAt,
    acr: 'aal1',
    amr: ['pwd'],
  }
}

function newId(): string {
  return crypto.randomUUID()
}
