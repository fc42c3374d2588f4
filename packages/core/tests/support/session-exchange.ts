import { readClaims } from '@latchkey/testkit'
import type { Context, PresentedProof } from '../../src/context.ts'
import { refreshSession } from '../../src/operations/auth/refresh-session.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { DomainError } from '../../src/words/errors.ts'
import { present, type Verdict } from './session-model.ts'
import type { Party, Request } from './session-party.ts'
import { readNonce, signProof, withProof } from './session-proofs.ts'

/** A captured proof works for two windows of the nonce. */
const WINDOW_SECONDS = 120
/** So close to the end of a window nothing can be said about a captured proof. */
const MARGIN_SECONDS = 5
const PATH = '/refresh/'

/** What the server said, and what the model said. Both agree on it, or the world has failed. */
export interface Exchange {
  verdict: Verdict
  tokens: TokenPair | null
  /** Whether the server asked for a new nonce first. */
  wasAskedForNonce: boolean
}

/** What a client sends: its token with its idempotency key or with its proof. */
export function composeRequest(ctx: Context, party: Party, key: string | null): Request {
  const { session, generation, tokens, proofKey } = party
  const jkt = proofKey?.jkt ?? null
  const prove = proofKey && ((isRepeated: boolean) => proveWith(ctx, party, isRepeated))
  return { refresh: tokens.refresh, session, presented: { generation, key, jkt }, prove }
}

function proveWith(ctx: Context, party: Party, isRepeated: boolean): PresentedProof {
  if (!party.proofKey) throw new Error('The party has no key.')
  if (isRepeated || !party.nonce) party.nonce = { text: readNonce(ctx), madeAt: ctx.clock.epochSeconds() }
  const { text, madeAt } = party.nonce
  const proof = signProof(ctx, party.proofKey, { path: PATH, nonce: text })
  party.lastProof = { proof, madeAt }
  return proof
}

/**
 * What a thief sends with a captured proof, and the newest tokens that it has.
 *
 * @returns null so close to the end of a window that the clock of the test cannot tell whether the proof works
 */
export function composeReplay(ctx: Context, thief: Party): Request | null {
  const { capture, session, generation, tokens } = thief
  const now = ctx.clock.epochSeconds()
  const isNearEnd = findWindow(now - MARGIN_SECONDS) !== findWindow(now + MARGIN_SECONDS)
  if (!capture || isNearEnd) return null
  const isTimely = findWindow(now) - findWindow(capture.madeAt) <= 1
  const presented = { generation, key: null, jkt: isTimely ? session.jkt : null }
  return { refresh: tokens.refresh, session, presented, prove: () => capture.proof }
}

function findWindow(epochSeconds: number): number {
  return Math.floor(epochSeconds / WINDOW_SECONDS)
}

/** Sends requests at once to the server and to the model, which must agree. Which of them is served first is open. */
export async function exchange(
  ctx: Context,
  requests: Request[],
  time: { now: number; graceSeconds: number },
): Promise<Exchange[]> {
  const verdicts = requests.map(({ session, presented }) => present(session, presented, time))
  const answers = await Promise.all(requests.map((request) => ask(ctx, request)))
  const expected = verdicts.map(describeVerdict).sort()
  const got = answers.map(({ said }) => said).sort()
  if (String(got) !== String(expected)) throw new Error(`the server answered ${got}, the model ${expected}`)
  // Verdicts of requests at once are those of the answers in some order.
  return answers.map(({ said, ...answer }) => {
    const at = verdicts.findIndex((verdict) => describeVerdict(verdict) === said)
    const [verdict] = verdicts.splice(at, 1)
    if (!verdict) throw new Error('An answer has no verdict.')
    return { ...answer, verdict }
  })
}

async function ask(ctx: Context, request: Request) {
  const { refresh, presented, prove } = request
  const input = { refresh, idempotencyKey: presented.key }
  const send = (isRepeated: boolean) => refreshSession(withProof(ctx, prove?.(isRepeated) ?? null), input)
  const isForClient = presented.jkt !== null
  let wasAskedForNonce = false
  try {
    const tokens = await send(false).catch((error: unknown) => {
      if (!isForClient || codeOf(error) !== 'use_dpop_nonce') throw error
      wasAskedForNonce = true
      return send(true)
    })
    return { said: String(readClaims(tokens.refresh).generation), tokens, wasAskedForNonce }
  } catch (error) {
    const code = codeOf(error)
    return { said: WORDS[code] ?? code, tokens: null, wasAskedForNonce }
  }
}

/** The word of the model for a refusal of the server. */
const WORDS: Record<string, string> = {
  token_not_valid: 'ended',
  session_expired: 'ended',
  invalid_refresh_proof: 'unproven',
  use_dpop_nonce: 'unproven',
  idempotency_key_reused: 'key reused',
}

function codeOf(error: unknown): string {
  if (!(error instanceof DomainError)) throw error
  return error.code
}

function describeVerdict(verdict: Verdict): string {
  return verdict.by === 'refusal' ? verdict.because : String(verdict.generation)
}
