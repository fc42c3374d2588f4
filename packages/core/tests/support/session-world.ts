import { NEW_PASSWORD, PASSWORD, readClaims, type TestCore } from '@latchkey/testkit'
import { logout } from '../../src/operations/auth/logout.ts'
import { logoutAll } from '../../src/operations/auth/logout-all.ts'
import { refreshSession } from '../../src/operations/auth/refresh-session.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { authenticate, authenticateForLogout } from '../../src/steps/authenticate.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { DomainError } from '../../src/words/errors.ts'
import { signUpWithPasskey } from './passkey-people.ts'
import { proveSomehow, signInSomehow, turnOff, turnOn, type WorldFactors } from './session-factors.ts'
import {
  BY_PASSKEY,
  BY_PASSWORD,
  createRandom,
  listEndedByFactor,
  lowerLevels,
  type ModelSession,
  openModelSession,
  present,
  succeed,
} from './session-model.ts'

/** A client waits this long for an answer. A later answer counts as lost. */
const CLIENT_TIMEOUT_SECONDS = 25
const MAX_SESSIONS = 4
const TABS = 3
const LAST_TRIED = 20

/** The counts of all worlds together, for the reader of the output. */
export interface Tally {
  steps: number
  refreshes: number
  /** Sessions that ended because an honest client retried a lost answer after the grace, which looks like theft. */
  lateRetries: number
  /** Thefts that were detected, by a stale token of the client or of the thief. */
  theftsCaught: number
  /** Answers that thieves got before they were detected, or without being detected. */
  thiefAnswers: number
  /** Stolen sessions that were signed out before the theft was detected. */
  theftsUnseen: number
  /** Proofs of clients, each of which opened a successor. */
  proofs: number
  /** Stolen sessions that ended with the grace after a proof, with their thieves. */
  thievesLeftBehind: number
  /** Proofs that raised their successor to two factors. */
  raised: number
  /** Answers that thieves got at one factor, after a proof of the owner in the session. */
  thievesBelow: number
  /** Proofs by the password alone that were refused, because the second factor is on. */
  passwordsRefused: number
  /** Sessions with one factor that ended when the second factor was turned on. */
  endedByFactor: number
  /** Sessions that lost their second factor when it was turned off. */
  lowered: number
  /** Rows that were put back to an earlier generation, as a restored database does. */
  rewinds: number
  /** Rotations that were repeated, because a token was newer than its row. */
  repeated: number
}

/** A client or a thief that holds tokens of a session. */
interface Party {
  isThief: boolean
  session: ModelSession
  tokens: TokenPair
  generation: number
  /** When the first answer with a newer generation was lost, in seconds on the clock of the test; null for none. */
  missedSince: number | null
  pending: { tokens: TokenPair; sentAt: number }[]
}

/** Creates one user, the parties that hold its tokens, and the model that the server must agree with. */
export async function createWorld(
  test: TestCore,
  options: { seed: number; now: () => number; tally: Tally },
) {
  const { now, tally } = options
  const random = createRandom(options.seed)
  const graceSeconds = 30
  const { ctx } = test
  const user = await signUpWithPasskey(ctx)
  const factors: WorldFactors = { ...user, isOn: false, recoveryCodes: [] }
  let parties: Party[] = []
  const dead: TokenPair[] = []
  /** Tokens that a client put away after a proof. They work until the grace is over. */
  let left: { session: ModelSession; tokens: TokenPair }[] = []
  adopt(openModelSession(), user.tokens)

  function adopt(session: ModelSession, tokens: TokenPair, isThief = false): void {
    const { generation = 0, auth_time = 0 } = readClaims(tokens.refresh)
    session.authTime ??= auth_time
    parties.push({ isThief, session, tokens, generation, missedSince: null, pending: [] })
  }

  function pick<T>(list: T[]): T | undefined {
    return list[Math.floor(random() * list.length)]
  }

  const clients = () => parties.filter(({ isThief }) => !isThief)

  function fail(what: string): never {
    throw new Error(`${what} (world ${options.seed})`)
  }

  /** Presents a party's token to the server and to the model, which must agree. */
  async function refresh(party: Party): Promise<TokenPair | null> {
    tally.refreshes++
    if (party.generation > party.session.generation) tally.repeated++
    const expected = present(party.session, party.generation, { now: now(), graceSeconds })
    const tokens = await refreshSession(ctx, { refresh: party.tokens.refresh }).catch(refusalToNull)
    compare(expected, tokens)
    if (tokens) compareProof(party, tokens)
    return tokens
  }

  function compare(expected: number | null, tokens: TokenPair | null): void {
    const got = tokens && readClaims(tokens.refresh).generation
    if (got !== expected) fail(`the server answered generation ${got}, the model ${expected}`)
  }

  /** A rotation moves neither the time of the proof nor the level. */
  function compareProof({ session, isThief }: Party, tokens: TokenPair): void {
    const { auth_time, acr } = readClaims(tokens.access)
    if (auth_time !== session.authTime) fail('a refresh moved the time of the proof')
    if (acr !== session.level.acr) fail(`a refresh gave ${acr}, the model has ${session.level.acr}`)
    if (isThief && session.endsAt !== null && acr === 'aal1') tally.thievesBelow++
  }

  function receive(party: Party, tokens: TokenPair): void {
    const { generation = 0 } = readClaims(tokens.refresh)
    // Answers may arrive in any order. A client keeps the newest.
    if (generation < party.generation) return
    // A late answer with the known generation does not replace the answer that was lost.
    const missedSince = generation > party.generation ? null : party.missedSince
    Object.assign(party, { tokens, generation, missedSince })
    if (party.isThief) tally.thiefAnswers++
    if (party.isThief) party.session.thiefAnswers++
  }

  function lose(party: Party, tokens: TokenPair): void {
    const { generation = 0 } = readClaims(tokens.refresh)
    if (generation > party.generation) party.missedSince ??= party.session.rotatedAt
  }

  /** Checks that a refusal is right: after a revocation, a theft, or a lost answer that was retried too late. */
  function acceptRefusal(party: Party): void {
    const { session, missedSince } = party
    const isLate = missedSince !== null && now() - missedSince >= graceSeconds
    if (session.end === null) fail('a live session was refused')
    if (session.end === 'replayed' && !session.isStolen) {
      if (!isLate) fail('an honest client was signed out')
      tally.lateRetries++
    }
    if (session.end === 'replayed' && session.isStolen) tally.theftsCaught++
    dropTokens(session)
  }

  /** Takes the tokens of an ended session from all parties. */
  function dropTokens(session: ModelSession): void {
    dead.push(...parties.filter((party) => party.session === session).map(({ tokens }) => tokens))
    parties = parties.filter((party) => party.session !== session)
  }

  function revoke(sessions: ModelSession[]): void {
    for (const session of new Set(sessions)) {
      if (session.isStolen) tally.theftsUnseen++
      session.end = 'revoked'
      dropTokens(session)
    }
  }

  async function send(party: Party | undefined, fate: 'arrives' | 'is lost' | 'is late'): Promise<void> {
    if (!party) return
    const sentAt = now()
    const tokens = await refresh(party)
    if (!tokens) return acceptRefusal(party)
    if (fate === 'arrives') return receive(party, tokens)
    lose(party, tokens)
    if (fate === 'is late') party.pending.push({ tokens, sentAt })
  }

  const steps: [weight: number, run: () => Promise<void>][] = [
    [30, () => send(pick(clients()), 'arrives')],
    [8, () => send(pick(clients()), 'is lost')],
    [8, () => send(pick(clients()), 'is late')],
    [10, async () => deliver()],
    [10, openTabs],
    [3, async () => steal()],
    [9, () => send(pick(parties.filter(({ isThief }) => isThief)), 'arrives')],
    [2, signOut],
    [1, signOutEverywhere],
    [1, change],
    [3, prove],
    [1, turnFactor],
    [3, rewind],
    [5, signIn],
    [10, useAccess],
    [3, retryDeadTokens],
  ]
  const total = steps.reduce((sum, [weight]) => sum + weight, 0)

  function deliver(): void {
    const party = pick(clients().filter(({ pending }) => pending.length > 0))
    // The answer is chosen at random, so that answers arrive in any order.
    const answer = party && pick(party.pending)
    if (!party || !answer) return
    party.pending = party.pending.filter((other) => other !== answer)
    if (now() - answer.sentAt <= CLIENT_TIMEOUT_SECONDS) receive(party, answer.tokens)
  }

  /** Several tabs wake at once and present the same token. */
  async function openTabs(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const answers = await Promise.all(Array.from({ length: TABS }, () => refresh(party)))
    for (const tokens of answers) if (tokens) receive(party, tokens)
    if (answers.includes(null)) acceptRefusal(party)
  }

  function steal(): void {
    const victim = pick(clients())
    if (!victim) return
    victim.session.isStolen = true
    adopt(victim.session, victim.tokens, true)
  }

  async function signOut(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const identity = await authenticateForLogout(ctx, party.tokens.access)
    await logout(ctx, { identity, refresh: party.tokens.refresh })
    revoke([party.session])
  }

  async function signOutEverywhere(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    await logoutAll(ctx, { identity: await authenticate(ctx, party.tokens.access) })
    revoke(parties.map(({ session }) => session))
  }

  async function change(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const identity = await authenticate(ctx, party.tokens.access)
    const next = factors.password === PASSWORD ? NEW_PASSWORD : PASSWORD
    const passwords = { oldPassword: factors.password, newPassword1: next, newPassword2: next }
    const tokens = await changePassword(ctx, { identity, ...passwords })
    factors.password = next
    revoke(parties.map(({ session }) => session))
    if (tokens) adopt(openModelSession(party.session.level), tokens)
  }

  /**
   * Proves the password or the passkey again, now and then twice because the first answer was lost. Thieves stay with the
   * session of before, at its level.
   */
  async function prove(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    tally.proofs++
    const isByPassword = random() < 0.5
    const ask = async () => {
      const identity = await authenticate(ctx, party.tokens.access)
      return proveSomehow(ctx, factors, { identity, isByPassword })
    }
    if (isByPassword && factors.isOn) {
      if (await ask().catch(refusalToNull)) fail('the password alone confirmed a user with a second factor')
      tally.passwordsRefused++
      return
    }
    const isLost = random() < 0.3
    if (isLost) await ask()
    const tokens = await ask()
    const proof = isByPassword ? BY_PASSWORD : BY_PASSKEY
    const successor = succeed(party.session, proof, { now: now(), graceSeconds })
    if (successor.level.acr !== party.session.level.acr) tally.raised++
    left.push({ session: party.session, tokens: party.tokens })
    parties = parties.filter((other) => other.isThief || other.session !== party.session)
    adopt(successor, tokens)
    compareProof({ ...party, session: successor }, tokens)
    // A thief that acts at once gets tokens within the grace, and none of them has the level of the successor.
    const thief = parties.find((other) => other.isThief && other.session === party.session)
    if (random() < 0.7) await send(thief, 'arrives')
  }

  /** Puts the row of a session back to a generation that its client knows, with a grace that is over. */
  async function rewind(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const known = clients().filter(({ session }) => session === party.session)
    const generation = 1 + Math.floor(random() * Math.min(...known.map((one) => one.generation)))
    const rotatedAt = generation === 1 ? null : now() - 2 * graceSeconds
    Object.assign(party.session, { generation, rotatedAt })
    await test.database.sql`
      update sessions set generation = ${generation}, rotated_at = case when ${generation} > 1
        then now() + make_interval(secs => ${test.clock.seconds - 2 * graceSeconds}) end
      where id = ${readClaims(party.tokens.access).session}`
    tally.rewinds++
  }

  /** Turns the second factor on, or off by a session that has proven it. */
  async function turnFactor(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const identity = await authenticate(ctx, party.tokens.access)
    const sessions = parties.map(({ session }) => session)
    if (!factors.isOn) {
      await turnOn(ctx, factors, identity)
      const ended = listEndedByFactor(sessions, party.session)
      tally.endedByFactor += ended.length
      return revoke(ended)
    }
    const isProven = party.session.level.acr === 'aal2'
    const refused = await turnOff(ctx, factors, identity).then(() => false, isRefusal)
    if (refused === isProven) fail('the wrong session turned the second factor off')
    if (isProven) tally.lowered += lowerLevels(sessions)
  }

  /** Ends the sessions whose successors are older than the grace. */
  function endSucceeded(): void {
    const isOver = ({ session }: { session: ModelSession }) =>
      session.endsAt !== null && now() >= session.endsAt
    dead.push(...left.filter(isOver).map(({ tokens }) => tokens))
    left = left.filter((one) => !isOver(one))
    for (const session of new Set(parties.map((party) => party.session))) {
      if (!isOver({ session })) continue
      session.end = 'succeeded'
      if (session.isStolen) tally.thievesLeftBehind++
      dropTokens(session)
    }
  }

  async function signIn(): Promise<void> {
    if (clients().length >= MAX_SESSIONS) return
    const { tokens, level } = await signInSomehow(ctx, factors, random())
    adopt(openModelSession(level), tokens)
  }

  async function useAccess(): Promise<void> {
    const party = pick(parties)
    if (!party) return
    const { acr } = await authenticate(ctx, party.tokens.access)
    if (acr !== party.session.level.acr) fail(`a token of ${party.session.level.acr} was good for ${acr}`)
  }

  /** Checks that the tokens of an ended session stay refused. */
  async function retryDeadTokens(): Promise<void> {
    const tokens = pick(dead)
    if (!tokens) return
    if (await refreshSession(ctx, tokens).catch(refusalToNull)) fail('a session outlived its end')
    if (await authenticate(ctx, tokens.access).catch(refusalToNull))
      fail('an access token outlived its session')
  }

  return {
    /** Runs one random step. */
    async step(): Promise<void> {
      tally.steps++
      endSucceeded()
      if (clients().length === 0) return signIn()
      let at = random() * total
      for (const [weight, run] of steps) {
        at -= weight
        if (at < 0) return run()
      }
    },
    /** Checks once more that the tokens of the sessions that ended last stay refused. */
    async close(): Promise<void> {
      for (const tokens of dead.slice(-LAST_TRIED)) {
        if (await refreshSession(ctx, tokens).catch(refusalToNull)) fail('a session outlived its end')
      }
    },
  }
}

function refusalToNull(error: unknown): null {
  if (error instanceof DomainError) return null
  throw error
}

function isRefusal(error: unknown): true {
  refusalToNull(error)
  return true
}
