import type { TestCore } from '@latchkey/testkit'
import { refreshSession } from '../../src/operations/auth/refresh-session.ts'
import { authenticate } from '../../src/steps/authenticate.ts'
import {
  adopt,
  change,
  endSucceeded,
  prove,
  rewind,
  signIn,
  signOut,
  signOutEverywhere,
  turnFactor,
} from './session-acts.ts'
import { openModelSession } from './session-model.ts'
import {
  clientsOf,
  createState,
  fail,
  pick,
  refusalToNull,
  type WorldOptions,
  type WorldState,
} from './session-state.ts'
import { actInTurn, actSometime, steal } from './session-thieves.ts'
import { deliver, deliverRequest, type Fate, kill, killSoon, openTabs, send } from './session-traffic.ts'

const LAST_TRIED = 20

type Step = (world: WorldState) => Promise<void> | void

/** A client sends a refresh that has this fate. */
function sendOne(fate: Fate): Step {
  return (world) => send(world, pick(world, clientsOf(world)), fate)
}

const STEPS: [weight: number, run: Step][] = [
  [30, sendOne('arrives')],
  [8, sendOne('is lost')],
  [8, sendOne('is late')],
  [6, sendOne('is underway')],
  [4, sendOne('never arrives')],
  [4, sendOne('dies')],
  [8, deliver],
  [6, deliverRequest],
  [10, openTabs],
  [2, kill],
  [4, killSoon],
  [4, steal],
  [9, actSometime],
  [3, actInTurn],
  [2, signOut],
  [1, signOutEverywhere],
  [1, change],
  [3, prove],
  [1, turnFactor],
  [3, rewind],
  [6, signIn],
  [10, useAccess],
  [3, retryDeadTokens],
]
const TOTAL = STEPS.reduce((sum, [weight]) => sum + weight, 0)

async function useAccess(world: WorldState): Promise<void> {
  const party = pick(world, world.parties)
  if (!party) return
  const { acr } = await authenticate(world.ctx, party.tokens.access)
  if (acr !== party.session.level.acr)
    fail(world, `a token of ${party.session.level.acr} was good for ${acr}`)
}

/** Checks that the tokens of an ended session stay refused. */
async function retryDeadTokens(world: WorldState): Promise<void> {
  const tokens = pick(world, world.dead)
  if (!tokens) return
  const { ctx } = world
  if (await refreshSession(ctx, tokens).catch(refusalToNull)) fail(world, 'a session outlived its end')
  if (await authenticate(ctx, tokens.access).catch(refusalToNull)) {
    fail(world, 'an access token outlived its session')
  }
}

/** Creates one user, the parties that hold its tokens, and the model that the server must agree with. */
export async function createWorld(test: TestCore, options: WorldOptions) {
  const { state, tokens } = await createState(test, options)
  const session = openModelSession()
  adopt(state, { session, tokens }, { kind: 'plain', isCookie: false, proofKey: null })
  return {
    /** Runs one random step. */
    async step(): Promise<void> {
      state.tally.steps++
      endSucceeded(state)
      if (clientsOf(state).length === 0) return signIn(state)
      let at = state.random() * TOTAL
      for (const [weight, run] of STEPS) {
        at -= weight
        if (at < 0) return run(state)
      }
    },
    /** Checks once more that the tokens of the sessions that ended last stay refused. */
    async close(): Promise<void> {
      for (const tokens of state.dead.slice(-LAST_TRIED)) {
        if (await refreshSession(state.ctx, tokens).catch(refusalToNull))
          fail(state, 'a session outlived its end')
      }
    },
  }
}
