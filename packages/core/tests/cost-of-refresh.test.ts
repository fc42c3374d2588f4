import {
  createTestCore,
  makeProofKey,
  type ProofKey,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Context } from '../src/context.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Lists the texts of the statements that a work of this client sends. */
async function listStatements(
  work: (ctx: Context) => Promise<unknown>,
  client = test.ctx,
): Promise<string[]> {
  const statements: string[] = []
  const logger = { logQuery: (query: string) => void statements.push(query) }
  // Without a grace each refresh rotates.
  const ctx = withConfig(client, { refreshGraceSeconds: 0 })
  await work({ ...ctx, db: drizzle(test.database.sql, { logger }) })
  return statements
}

/** The context of a refresh with a proof of this key. */
async function prove(key: ProofKey, { nonce }: { nonce?: string | null }): Promise<Context> {
  const header = await key.prove({ htm: 'POST', htu: 'http://localhost:3000/refresh/', nonce })
  return test.contextOf({ proof: { header, method: 'POST', path: '/refresh' } })
}

/** Signs up a user whose session is bound to this key. */
async function signUpBound({ jkt }: ProofKey): Promise<{ refresh: string }> {
  return (await signUp({ ...test.ctx, binding: { jkt, boundBy: 'dpop' } })).tokens
}

describe('a refresh', () => {
  it('with a key sends the one statement of a refresh without, letter by letter', async () => {
    const { tokens } = await signUp(test.ctx)
    let { refresh } = tokens
    const refreshWith = (idempotencyKey: string | null) =>
      listStatements(async (ctx) => {
        refresh = (await refreshSession(ctx, { refresh, idempotencyKey })).refresh
      })
    const plain = await refreshWith(null)
    expect(plain).toHaveLength(1)
    expect(await refreshWith('a-key-of-one-refresh')).toEqual(plain)
    expect(await refreshWith('a-key-of-the-next-one')).toEqual(plain)
  })
  it('with a proof sends that statement too, and costs one check of a signature more', async () => {
    const [key, plain] = [await makeProofKey(), await signUp(test.ctx)]
    const bound = await signUpBound(key)
    const checks = vi.spyOn(crypto.subtle, 'verify')
    const unproven = await listStatements((ctx) => refreshSession(ctx, plain.tokens))
    const before = checks.mock.calls.length
    const client = await prove(key, { nonce: test.core.proofNonce() })
    expect(await listStatements((ctx) => refreshSession(ctx, bound), client)).toEqual(unproven)
    expect(checks.mock.calls.length - before).toBe(1)
    checks.mockRestore()
  })

  it('whose proof has no nonce costs no check of a signature', async () => {
    const key = await makeProofKey()
    const bound = await signUpBound(key)
    const checks = vi.spyOn(crypto.subtle, 'verify')
    const client = await prove(key, {})
    await expect(refreshSession(client, bound)).rejects.toMatchObject({ code: 'use_dpop_nonce' })
    expect(checks).not.toHaveBeenCalled()
    checks.mockRestore()
  })
})
