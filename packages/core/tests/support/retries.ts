import { type Person, type ProofKey, readClaims, signUp, type TestCore } from '@latchkey/testkit'
import type { Client, Context } from '../../src/context.ts'
import { refreshSession } from '../../src/operations/auth/refresh-session.ts'
import type { TokenPair } from '../../src/words/claims.ts'

const REFRESH = { method: 'POST', path: '/refresh/' }

/** Refreshes with the key of a caller; null for none. */
export function refreshKeyed(
  ctx: Context,
  tokens: Pick<TokenPair, 'refresh'>,
  idempotencyKey: string | null,
): Promise<TokenPair> {
  return refreshSession(ctx, { refresh: tokens.refresh, idempotencyKey })
}

/** Signs up a user whose session is bound to a key. */
export async function signUpBound(test: TestCore, key: ProofKey): Promise<Person> {
  return signUp({ ...test.ctx, binding: { jkt: key.jkt, boundBy: 'dpop' } })
}

/** Refreshes with a proof of a key. */
export async function refreshProven(
  test: TestCore,
  tokens: Pick<TokenPair, 'refresh'>,
  sent: { key: ProofKey; client?: Partial<Client>; idempotencyKey?: string },
): Promise<TokenPair> {
  const { key, client, idempotencyKey = null } = sent
  const htu = test.ctx.config.publicUrl + REFRESH.path
  const header = await key.prove({ htm: REFRESH.method, htu, nonce: test.core.proofNonce() })
  const ctx = test.contextOf({ ...client, proof: { ...REFRESH, header } })
  return refreshKeyed(ctx, tokens, idempotencyKey)
}

/** The generation that a refresh token names. */
export const generationOf = ({ refresh }: Pick<TokenPair, 'refresh'>) => readClaims(refresh).generation

/** The row of a person's session; undefined when it has ended. */
export async function readRow(test: TestCore, { sessionId }: Pick<Person, 'sessionId'>) {
  const [row] = await test.database.sql`select * from sessions where id = ${sessionId}`
  return row
}

/** The events of a kind of a person, the oldest first. */
export function readEvents(test: TestCore, { userId }: Pick<Person, 'userId'>, kind: string) {
  return test.database.sql`
    select session_id, details, ip from audit_events where kind = ${kind} and user_id = ${userId} order by id`
}
