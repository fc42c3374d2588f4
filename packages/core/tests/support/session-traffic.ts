import { readClaims } from '@latchkey/testkit'
import type { TokenPair } from '../../src/words/claims.ts'
import { composeRequest, type Exchange, exchange } from './session-exchange.ts'
import {
  type Cause,
  explainStale,
  isAwaited,
  isWaiting,
  killBrowser,
  killTab,
  lose,
  type Party,
  type Request,
  type Sent,
  store,
} from './session-party.ts'
import { clientsOf, count, countAll, dropTokens, fail, pick, type WorldState } from './session-state.ts'
import type { KindCount } from './session-tally.ts'

const TABS = 3
/** A rotation that takes three seconds starts its grace anew, see `late-rotation.ts`. */
const STALL_MILLISECONDS = 2000

/** What becomes of a refresh. A process dies when the answer is there, before or after it has stored it. */
export type Fate = 'arrives' | 'is lost' | 'is late' | 'is underway' | 'never arrives' | 'dies'

const COUNT_OF_CAUSE: Record<Cause, KindCount> = {
  late: 'wrongByLate',
  rollback: 'wrongByRollback',
  overwriting: 'wrongByOverwriting',
  race: 'wrongByRace',
}

/** Sends requests, and compares what every answer must state. */
export async function ask(world: WorldState, party: Party, requests: Request[]): Promise<Exchange[]> {
  const { ctx, now, graceSeconds } = world
  count(world, party, 'refreshes', requests.length)
  if (requests.some(({ session, presented }) => presented.generation > session.generation)) {
    countAll(world, 'repeated')
  }
  const before = describe(party, requests)
  const startedAt = performance.now()
  const answers = await exchange(ctx, requests, { now: now(), graceSeconds }).catch((error: Error) => error)
  if (performance.now() - startedAt > STALL_MILLISECONDS) return abandon(world, party)
  if (answers instanceof Error) fail(world, `${answers.message}: ${before}`)
  for (const { tokens, verdict, wasAskedForNonce } of answers) {
    if (wasAskedForNonce) count(world, party, 'noncesRefused')
    if (verdict.by === 'rotation') noteKey(world, party, requests[0]?.presented.key ?? null)
    if (tokens) compareTokens(world, party, tokens)
  }
  return answers
}

/** The machine stood still, so nobody knows how old the grace was when the server looked. Such a session is left. */
async function abandon(world: WorldState, { session, tokens }: Party): Promise<[]> {
  world.tally.abandoned++
  await world.test.database.sql`delete from sessions where id = ${readClaims(tokens.access).session}`
  session.end = 'revoked'
  dropTokens(world, session)
  return []
}

/** What a failure shows of a party. */
function describe({ kind, isThief, session, key }: Party, requests: Request[]): string {
  return JSON.stringify({ kind, isThief, key, sent: requests.map(({ presented }) => presented), session })
}

function noteKey(world: WorldState, { session }: Party, key: string | null): void {
  const keys = world.keysOf.get(session) ?? new Map()
  world.keysOf.set(session, keys.set(session.generation, key))
}

/** A rotation moves neither the time of the proof nor the level, and says whether the session is bound. */
export function compareTokens(world: WorldState, { session, isThief }: Party, tokens: TokenPair): void {
  const { auth_time, acr } = readClaims(tokens.access)
  if (auth_time !== session.authTime) fail(world, 'a refresh moved the time of the proof')
  if (acr !== session.level.acr) fail(world, `a refresh gave ${acr}, the model has ${session.level.acr}`)
  if ((tokens.bound ?? false) !== (session.jkt !== null)) fail(world, 'an answer is wrong about the binding')
  if (isThief && session.endsAt !== null && acr === 'aal1') countAll(world, 'thievesBelow')
}

/** Whether a client sends idempotency keys. */
function isKeyed({ kind, isThief }: Party): boolean {
  return !isThief && (kind === 'keyed' || kind === 'tabs')
}

/** A client refreshes. It stores its key first, sends then, and forgets the key when the answer is stored. */
export async function send(world: WorldState, party: Party | undefined, fate: Fate): Promise<void> {
  if (!party) return
  const sentAt = world.now()
  // One process sends one refresh at a time.
  if (party.kind === 'keyed' && isWaiting(party, sentAt)) return
  if (isKeyed(party)) party.key ??= crypto.randomUUID()
  if (fate === 'never arrives') return
  const { key } = party
  const request = composeRequest(world.ctx, party, key)
  if (fate === 'is underway') party.underway.push({ request, sentAt, key })
  else await hear(world, party, { request, sentAt, key, fate })
}

/** The server gets a request, and its answer has this fate. */
async function hear(
  world: WorldState,
  party: Party,
  { request, sentAt, key, fate }: Sent & { request: Request; fate: Fate },
): Promise<void> {
  const [answer] = await ask(world, party, [request])
  if (!answer) return
  if (!answer.tokens) return acceptRefusal(world, party, { request, answer, fate })
  noteLate(world, party, answer)
  if (fate === 'arrives') return receive(world, party, { tokens: answer.tokens, key })
  if (fate === 'dies') return die(world, party, answer.tokens)
  lose(party, answer.tokens)
  if (fate === 'is late') party.pending.push({ tokens: answer.tokens, sentAt, key })
}

function noteLate(world: WorldState, party: Party, { verdict }: Exchange): void {
  if (verdict.by === 'key' || verdict.by === 'proof') count(world, party, 'late')
}

function receive(world: WorldState, party: Party, answer: { tokens: TokenPair; key: string | null }): void {
  store(party, answer.tokens, world.now())
  if (party.key === answer.key) party.key = null
}

/** A process is killed before it has stored the answer, or after that and before it has forgotten the key. */
function die(world: WorldState, party: Party, tokens: TokenPair): void {
  count(world, party, 'killed')
  killTab(party)
  if (world.random() < 0.5) lose(party, tokens)
  else store(party, tokens, world.now())
}

/** Checks that the refusal of a client is right, and does what a client does then. */
async function acceptRefusal(
  world: WorldState,
  party: Party,
  { request, answer, fate }: { request: Request; answer: Exchange; fate: Fate },
): Promise<void> {
  const { verdict } = answer
  if (verdict.by !== 'refusal') return
  if (verdict.because === 'unproven') fail(world, 'a client that has its key was refused')
  if (verdict.because === 'ended') return acceptEnd(world, party, request)
  count(world, party, 'keysReused')
  party.key = null
  return send(world, party, fate)
}

/** Checks that the end of a session is right: after a revocation, a theft, or a stale token that has a reason. */
export function acceptEnd(world: WorldState, party: Party, { presented }: Request): void {
  const { session } = party
  const { now, graceSeconds } = world
  if (session.end === null) fail(world, 'a live session was refused')
  if (session.end === 'replayed' && !session.isStolen) {
    // A request was slow, and another tab has newer tokens by now.
    const isRace = presented.generation < party.generation
    const cause = explainStale(party, { now: now(), graceSeconds }) ?? (isRace ? 'race' : null)
    if (cause === null) fail(world, 'an honest client was signed out')
    count(world, party, COUNT_OF_CAUSE[cause])
  }
  if (session.end === 'replayed' && session.isStolen) count(world, party, 'caught')
  dropTokens(world, session)
}

/** An answer arrives late. The answer is chosen at random, so that answers arrive in any order. */
export function deliver(world: WorldState): void {
  const found = take(world, 'pending')
  if (found) receive(world, found.party, found.sent)
}

/** A request arrives late, when other tabs may have had their answers. */
export async function deliverRequest(world: WorldState): Promise<void> {
  const found = take(world, 'underway')
  if (found) await hear(world, found.party, { ...found.sent, fate: 'arrives' })
}

/** Takes one of the answers or requests that are on their way and that somebody waits for. */
function take<Way extends 'pending' | 'underway'>(world: WorldState, way: Way) {
  const list = clientsOf(world).flatMap((party) => party[way].map((sent) => ({ party, sent })))
  const found = pick(world, list)
  if (!found) return null
  const { party, sent } = found
  Object.assign(party, { [way]: party[way].filter((other) => other !== sent) })
  return isAwaited(sent, world.now()) ? { party, sent: sent as Party[Way][number] } : null
}

/** Several tabs wake at once and present the same token: each with the shared key, or with a proof of its own. */
export async function openTabs(world: WorldState): Promise<void> {
  const party = pick(world, clientsOf(world))
  if (!party || party.kind === 'keyed') return send(world, party, 'arrives')
  if (isKeyed(party)) party.key ??= crypto.randomUUID()
  const { key } = party
  const requests = Array.from({ length: TABS }, () => composeRequest(world.ctx, party, key))
  const answers = await ask(world, party, requests)
  if (answers.length === 0) return
  for (const answer of answers) {
    noteLate(world, party, answer)
    if (answer.tokens) receive(world, party, { tokens: answer.tokens, key })
  }
  const refused = answers.find(({ tokens }) => tokens === null)
  const [request] = requests
  if (refused && request) return acceptRefusal(world, party, { request, answer: refused, fate: 'arrives' })
  // A slow tab has read the key, and sends it after another tab has stored the answer and forgotten the key.
  if (key === null || world.random() > 0.3) return
  const slow = composeRequest(world.ctx, party, key)
  await hear(world, party, { request: slow, sentAt: world.now(), key, fate: 'arrives' })
}

/** A tab or a process is killed. Its answers arrive nowhere, and its storage stays. */
export function kill(world: WorldState): void {
  const party = pick(world, clientsOf(world))
  if (!party) return
  if (party.pending.length > 0) count(world, party, 'killed')
  killTab(party)
}

/** A browser is killed, mostly right after an answer. What it wrote within seconds may be gone. */
export async function killSoon(world: WorldState): Promise<void> {
  const party = pick(
    world,
    clientsOf(world).filter(({ kind }) => kind !== 'keyed'),
  )
  if (!party) return
  if (world.random() < 0.7) await send(world, party, 'arrives')
  if (!world.parties.includes(party) || !killBrowser(party, world.now())) return
  count(world, party, 'rolledBack')
  const { session, tokens } = party
  if (session.end === null && (session.endsAt === null || world.now() < session.endsAt)) return
  // The storage is from before a new password or a proof, and its session has ended.
  count(world, party, 'leftBehind')
  world.dead.push(tokens)
  world.parties = world.parties.filter((other) => other !== party)
}
