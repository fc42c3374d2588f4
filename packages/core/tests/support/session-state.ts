import { type TestCore, withConfig } from '@latchkey/testkit'
import type { Context } from '../../src/context.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { DomainError } from '../../src/words/errors.ts'
import { signUpWithPasskey } from './passkey-people.ts'
import type { WorldFactors } from './session-factors.ts'
import { createRandom, type ModelSession } from './session-model.ts'
import type { Kind, Party } from './session-party.ts'
import type { Grace, KindCount, Tally, WorldCount } from './session-tally.ts'

/** What makes a world. */
export interface WorldOptions {
  seed: number
  graceSeconds: Grace
  /** The seconds on the clock of the test. */
  now: () => number
  tally: Tally
}

/** One user, and the parties that hold its tokens. */
export interface WorldState extends WorldOptions {
  test: TestCore
  ctx: Context
  factors: WorldFactors
  /** A number from 0 to 1. */
  random: () => number
  parties: Party[]
  /** Tokens of sessions that ended. */
  dead: TokenPair[]
  /** What clients put away after a proof. It works until the grace is over. */
  left: { session: ModelSession; tokens: TokenPair }[]
  /** The idempotency key that each generation of a session was made with. */
  keysOf: WeakMap<ModelSession, Map<number, string | null>>
}

/** Creates the user of a world. @returns the world without parties, and the tokens of the sign-up */
export async function createState(test: TestCore, options: WorldOptions) {
  const ctx = withConfig(test.ctx, { refreshGraceSeconds: options.graceSeconds })
  const { tokens, ...user } = await signUpWithPasskey(ctx)
  const state: WorldState = {
    ...options,
    test,
    ctx,
    factors: { ...user, isOn: false, recoveryCodes: [] },
    random: createRandom(options.seed),
    parties: [],
    dead: [],
    left: [],
    keysOf: new WeakMap(),
  }
  return { state, tokens }
}

/** Picks one of a list at random; undefined when it is empty. */
export function pick<T>(world: WorldState, list: T[]): T | undefined {
  return list[Math.floor(world.random() * list.length)]
}

/** The clients, without the thieves. */
export function clientsOf(world: WorldState): Party[] {
  return world.parties.filter(({ isThief }) => !isThief)
}

/** The clients whose session goes on. A browser that was killed after a proof may be back in the session of before. */
export function settledOf(world: WorldState): Party[] {
  return clientsOf(world).filter(({ session }) => session.endsAt === null)
}

/** Stops the test. */
export function fail(world: WorldState, what: string): never {
  throw new Error(`${what} (world ${world.seed})`)
}

/** Counts for a kind of client. */
export function count(world: WorldState, { kind }: { kind: Kind }, name: KindCount, by = 1): void {
  world.tally.kinds[world.graceSeconds][kind][name] += by
}

/** Counts for all clients together. */
export function countAll(world: WorldState, name: WorldCount, by = 1): void {
  world.tally.world[name] += by
}

/** So many ended tokens are kept. */
const MAX_DEAD = 500

/** Takes the tokens of an ended session from all parties. */
export function dropTokens(world: WorldState, session: ModelSession): void {
  const holders = world.parties.filter((party) => party.session === session)
  world.dead = [...world.dead, ...holders.map(({ tokens }) => tokens)].slice(-MAX_DEAD)
  world.parties = world.parties.filter((party) => party.session !== session)
}

/** Notes that sessions were signed out. */
export function revoke(world: WorldState, sessions: ModelSession[]): void {
  for (const session of new Set(sessions)) {
    if (session.end !== null) continue
    session.end = 'revoked'
    const stolen = world.parties.find((party) => party.session === session && party.isThief)
    if (stolen) count(world, stolen, 'unseen')
    dropTokens(world, session)
  }
}

/** Answers null for a refusal, and throws every other error. */
export function refusalToNull(error: unknown): null {
  if (error instanceof DomainError) return null
  throw error
}
