import { readClaims } from '@latchkey/testkit'
import type { PresentedProof } from '../../src/context.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import type { ModelSession, Presented } from './session-model.ts'
import type { ProofKey } from './session-proofs.ts'

/**
 * `plain` sends neither a key nor a proof. `keyed` is one process with idempotency keys. `tabs` share one cookie and one
 * idempotency key. `bound` signs each refresh.
 */
export const KINDS = ['plain', 'keyed', 'tabs', 'bound'] as const
export type Kind = (typeof KINDS)[number]

/** A client waits this long for an answer. A later answer counts as lost. */
const CLIENT_TIMEOUT_SECONDS = 25
/** A browser that is killed sooner after a write comes back without it. */
const UNWRITTEN_SECONDS = 10

/** What a storage holds of a session. */
export interface Item {
  session: ModelSession
  tokens: TokenPair
  generation: number
}

/** Why a client may present a stale token although nobody stole it. */
export type Cause = 'late' | 'rollback' | 'overwriting' | 'race'

/** A proof that was sent. */
export interface Capture {
  proof: PresentedProof
  /** When its nonce was made, in seconds on the clock of the process. */
  madeAt: number
}

/** A refresh that a party sends. */
export interface Request {
  refresh: string
  session: ModelSession
  presented: Presented
  /** Signs the proof of each attempt; null without one. */
  prove: ((isRepeated: boolean) => PresentedProof) | null
}

/** A client or a thief that holds tokens of a session. */
export interface Party extends Item {
  kind: Kind
  isThief: boolean
  /** Whether the storage takes each answer in the order of arrival, as a cookie does. Another storage keeps the newest. */
  isCookie: boolean
  /** What a browser comes back with that is killed now: the item before the last write; null for none. */
  former: Item | null
  writtenAt: number
  /** The idempotency key of the refresh that is under way; null for none. */
  key: string | null
  /** The key that stays on the device; null for none. */
  proofKey: ProofKey | null
  /** The nonce of the last answer that had one, and when it was made. */
  nonce: { text: string; madeAt: number } | null
  /** The proof of the last request. */
  lastProof: Capture | null
  /** The proof that a thief read from a request; null for a thief that has only a copy. */
  capture: Capture | null
  /** When the first answer with a newer generation was lost, in seconds on the clock of the test; null for none. */
  missedSince: number | null
  staleBy: Cause | null
  /** Answers that are on their way. */
  pending: (Sent & { tokens: TokenPair })[]
  /** Requests that are on their way to the server. */
  underway: (Sent & { request: Request })[]
}

/** When a refresh was sent, and with which idempotency key. */
export interface Sent {
  sentAt: number
  key: string | null
}

/** A party that holds new tokens and has sent nothing. */
export function createParty(
  item: Pick<Item, 'session' | 'tokens'>,
  own: Pick<Party, 'kind' | 'isCookie' | 'proofKey' | 'writtenAt'>,
): Party {
  const { generation = 0 } = readClaims(item.tokens.refresh)
  return {
    ...own,
    ...item,
    generation,
    isThief: false,
    former: null,
    key: null,
    nonce: null,
    lastProof: null,
    capture: null,
    missedSince: null,
    staleBy: null,
    pending: [],
    underway: [],
  }
}

/** A thief with a copy of what a client stores at this moment. The proof key cannot be copied. */
export function copyStorage(victim: Party): Party {
  const { session, tokens, kind, key, writtenAt } = victim
  const copy = createParty({ session, tokens }, { kind, isCookie: false, proofKey: null, writtenAt })
  return Object.assign(copy, { isThief: true, key })
}

/** Stores the tokens of an answer. Answers may arrive in any order. */
export function store(party: Party, tokens: TokenPair, now: number): void {
  const { generation = 0 } = readClaims(tokens.refresh)
  const isOlder = generation < party.generation
  if (isOlder && !party.isCookie) return
  keepFormer(party, now)
  Object.assign(party, { tokens, generation })
  if (generation >= party.session.generation) Object.assign(party, { missedSince: null, staleBy: null })
  else if (isOlder) party.staleBy = 'overwriting'
}

/** Notes that the storage is written now. What is on the disk stays there for some seconds. */
export function keepFormer(party: Party, now: number): void {
  const { session, tokens, generation } = party
  if (now - party.writtenAt >= UNWRITTEN_SECONDS) party.former = { session, tokens, generation }
  party.writtenAt = now
}

/** Notes an answer that the client does not get. */
export function lose(party: Party, tokens: TokenPair): void {
  const { generation = 0 } = readClaims(tokens.refresh)
  if (generation > party.generation) party.missedSince ??= party.session.rotatedAt
}

/** Ends the tab or the process of a client: its connections are closed, so no answer and no request arrives. */
export function killTab(party: Party): void {
  Object.assign(party, { pending: [], underway: [] })
}

/**
 * Kills a browser. What it wrote within seconds is gone, and IndexedDB with the keys is as it was written.
 *
 * @returns whether the storage went back
 */
export function killBrowser(party: Party, now: number): boolean {
  killTab(party)
  const { former } = party
  party.former = null
  if (!former || now - party.writtenAt >= UNWRITTEN_SECONDS) return false
  Object.assign(party, former)
  if (party.generation < party.session.generation) party.staleBy = 'rollback'
  return true
}

/** Whether a client still waits for the answer of a refresh. */
export function isAwaited({ sentAt }: Sent, now: number): boolean {
  return now - sentAt <= CLIENT_TIMEOUT_SECONDS
}

/** Whether a client waits for any answer. */
export function isWaiting({ pending, underway }: Party, now: number): boolean {
  return [...pending, ...underway].some((sent) => isAwaited(sent, now))
}

/** Why a client was refused that nobody stole from; null when it cannot be. */
export function explainStale(party: Party, time: { now: number; graceSeconds: number }): Cause | null {
  const { missedSince, staleBy } = party
  if (staleBy !== null) return staleBy
  return missedSince !== null && time.now - missedSince >= time.graceSeconds ? 'late' : null
}
