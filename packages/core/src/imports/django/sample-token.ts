import { decodeJwt } from 'jose'
import type { OldTokens } from '../../services/keys/old-tokens.ts'
import type { OldClaims } from '../../words/old-token.ts'
import type { Snapshot } from '../snapshot.ts'
import { SourceError } from '../source-error.ts'
import type { DjangoTables } from './find-tables.ts'

/** A token that a client of the deployment holds, and the key that the server is going to judge it by. */
export interface SampleToken {
  token: string
  /** Null: no key is set. */
  keys: OldTokens | null
  nowSeconds: number
}

/**
 * Makes sure that the key of the deployment is the right one, by a token that it has signed.
 *
 * @returns facts for the dry run: what the token is, and how long a refresh token lives
 * @throws {SourceError} no key is set; the token is not signed by it; its session is not in the table of refresh tokens
 */
export async function checkSampleToken(
  snapshot: Snapshot,
  tables: DjangoTables,
  { token, keys, nowSeconds }: SampleToken,
): Promise<Record<string, string>> {
  if (!keys) throw new SourceError('--sample-token needs the key of the deployment in DJANGO_SECRET_KEY.')
  const verdict = await keys.verify(token, nowSeconds)
  if (!verdict) {
    throw new SourceError(
      'The sample token is not signed by DJANGO_SECRET_KEY, or it is no token of django-jwt-allauth. The key is JWT_ALLAUTH_SECRET_KEY or JWT_SECRET_KEY of the deployment, else its SECRET_KEY.',
    )
  }
  const { claims, isExpired } = verdict
  await requireSession(snapshot, tables, claims)
  return {
    sample_token: `${claims.tokenType} token, signed by the key${isExpired ? ', expired' : ''}`,
    ...describeLifetime(token, claims),
  }
}

async function requireSession(
  snapshot: Snapshot,
  { sessions }: DjangoTables,
  { sessionId, externalId }: OldClaims,
): Promise<void> {
  if (!sessions) return
  const rows = await snapshot.read(
    `select 1 from ${sessions.quoted} w where w.session = $1 and w.user_id::text = $2 limit 1`,
    [sessionId.replaceAll('-', ''), externalId],
  )
  if (rows.length > 0) return
  throw new SourceError(
    `The key has signed the sample token, and its session is not in ${sessions.quoted}: the token comes from another database, or its user has signed out.`,
  )
}

/** An access token does not tell how long a refresh token lives. */
function describeLifetime(token: string, { tokenType, issuedAt }: OldClaims): Record<string, string> {
  const { exp } = decodeJwt(token)
  return tokenType === 'refresh' && exp !== undefined
    ? { 'set REFRESH_TOKEN_LIFETIME': `${exp - issuedAt}s` }
    : {}
}
