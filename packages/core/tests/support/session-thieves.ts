import { authenticate } from '../../src/steps/authenticate.ts'
import { composeReplay, composeRequest, type Exchange } from './session-exchange.ts'
import { isWithinGrace } from './session-model.ts'
import { copyStorage, type Party, type Request, store } from './session-party.ts'
import { createProofKey, type ProofKey } from './session-proofs.ts'
import { clientsOf, count, fail, pick, refusalToNull, settledOf, type WorldState } from './session-state.ts'
import { acceptEnd, ask, send } from './session-traffic.ts'

const MAX_THIEVES = 8
/** A key that a caller never changes. */
const CONSTANT_KEY = 'always-the-same-key'
let keyOfThieves: ProofKey | null = null

/**
 * A thief copies the storage of a client, or reads one of its requests. Every other thief comes between a refresh and its
 * answer, when the storage has an idempotency key. Some thieves use the copy at once.
 */
export async function steal(world: WorldState): Promise<void> {
  const clients = settledOf(world)
  const withKey = clients.filter(({ key }) => key !== null)
  const victim = pick(world, world.random() < 0.5 && withKey.length > 0 ? withKey : clients)
  const thief = victim && stealFrom(world, victim)
  if (world.random() < 0.4) await act(world, thief)
}

/** Copies the storage of a client. @returns the thief; undefined when there are many */
export function stealFrom(world: WorldState, victim: Party): Party | undefined {
  if (world.parties.length - clientsOf(world).length >= MAX_THIEVES) return
  const thief = copyStorage(victim)
  if (victim.kind === 'bound') arm(world, { thief, victim })
  victim.session.isStolen = true
  world.parties.push(thief)
  if (thief.capture === null) count(world, thief, 'copies')
  return thief
}

/** A thief of a bound session has nothing beside the copy, or a key of its own, or the proof of a request. */
function arm(world: WorldState, { thief, victim }: { thief: Party; victim: Party }): void {
  const choice = world.random()
  if (choice < 0.5) thief.capture = victim.lastProof
  else if (choice < 0.7) {
    keyOfThieves ??= createProofKey()
    thief.proofKey = keyOfThieves
  }
}

/** The idempotency key of a thief: a copied one, one for everything, one that it reads now, or any key of before. */
function chooseKey(world: WorldState, thief: Party): string | null {
  if (thief.key !== null) return thief.key
  const choice = world.random()
  if (choice < 0.25) return CONSTANT_KEY
  const victim = clientsOf(world).find(({ session }) => session === thief.session)
  if (choice < 0.5) return victim?.key ?? null
  if (choice < 0.75) return pick(world, [...(world.keysOf.get(thief.session)?.values() ?? [])]) ?? null
  return null
}

/** A thief uses what it has: its proof, or its token with a key or without one. */
export async function act(world: WorldState, thief: Party | undefined): Promise<void> {
  if (!thief || !world.parties.includes(thief)) return
  const isReplay = thief.capture !== null
  const key = chooseKey(world, thief)
  const request = isReplay ? composeReplay(world.ctx, thief) : composeRequest(world.ctx, thief, key)
  if (!request) return
  const isStale = isStaleUse(world, thief)
  const [answer] = await ask(world, thief, [request])
  if (!answer) return
  thief.key = null
  if (!answer.tokens) return endAct(world, thief, { request, answer, isStale })
  if (thief.kind === 'bound' && !isReplay) fail(world, 'a copy of a bound session got tokens')
  if (isStale && key === null && !isReplay)
    fail(world, 'a stale token was answered, without a key and a proof')
  count(world, thief, isReplay ? 'replaysAnswered' : 'thiefAnswers')
  if (answer.verdict.by === 'key') count(world, thief, 'thiefAnswersByKey')
  store(thief, answer.tokens, world.now())
}

/** Whether the token of a thief is replaced, and no grace is left for it. */
function isStaleUse({ now, graceSeconds }: WorldState, { session, generation }: Party): boolean {
  const isGrace = isWithinGrace(session, now(), graceSeconds)
  return generation < session.generation - 1 || (generation < session.generation && !isGrace)
}

/** A refusal ends the session at once, or the thief of a bound session has nothing. */
async function endAct(
  world: WorldState,
  thief: Party,
  { request, answer, isStale }: { request: Request; answer: Exchange; isStale: boolean },
): Promise<void> {
  const { verdict } = answer
  if (verdict.by !== 'refusal' || verdict.because === 'key reused') return
  if (verdict.because === 'unproven') {
    return count(world, thief, thief.capture ? 'replaysRefused' : 'copiesRefused')
  }
  if (isStale) count(world, thief, 'staleCaught')
  if (await authenticate(world.ctx, thief.tokens.access).catch(refusalToNull)) {
    fail(world, 'a theft was refused, and the session went on')
  }
  acceptEnd(world, thief, request)
}

/** A thief acts. */
export async function actSometime(world: WorldState): Promise<void> {
  return act(
    world,
    pick(
      world,
      world.parties.filter(({ isThief }) => isThief),
    ),
  )
}

/** A thief that waits for its victim, and refreshes inside of the victim's grace. */
export async function actInTurn(world: WorldState): Promise<void> {
  const thief = pick(
    world,
    world.parties.filter(({ isThief }) => isThief),
  )
  const victim = clientsOf(world).find(({ session }) => session === thief?.session)
  if (!thief || !victim) return
  await send(world, victim, 'arrives')
  await act(world, thief)
}
