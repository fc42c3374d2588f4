import { NEW_PASSWORD, PASSWORD, readClaims, signUp, type TestCore } from '@latchkey/testkit'
import { login } from '../../src/operations/auth/login.ts'
import { logout } from '../../src/operations/auth/logout.ts'
import { logoutAll } from '../../src/operations/auth/logout-all.ts'
import { refreshSession } from '../../src/operations/auth/refresh-session.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { authenticate, authenticateForLogout } from '../../src/steps/authenticate.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { DomainError } from '../../src/words/errors.ts'
import { createRandom, type ModelSession, openModelSession, present } from './session-model.ts'

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
  const user = await signUp(ctx)
  let password = PASSWORD
  let parties: Party[] = []
  const dead: TokenPair[] = []
  adopt(openModelSession(), user.tokens)

  function adopt(session: ModelSession, tokens: TokenPair, isThief = false): void {
    const { generation = 0 } = readClaims(tokens.refresh)
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
    const expected = present(party.session, party.generation, { now: now(), graceSeconds })
    const tokens = await refreshSession(ctx, { refresh: party.tokens.refresh }).catch(refusalToNull)
    compare(expected, tokens)
    return tokens
  }

  function compare(expected: number | null, tokens: TokenPair | null): void {
    const got = tokens && readClaims(tokens.refresh).generation
    if (got !== expected) fail(`the server answered generation ${got}, the model ${expected}`)
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
    const next = password === PASSWORD ? NEW_PASSWORD : PASSWORD
    const passwords = { oldPassword: password, newPassword1: next, newPassword2: next }
    const tokens = await changePassword(ctx, { identity, ...passwords })
    password = next
    revoke(parties.map(({ session }) => session))
    if (tokens) adopt(openModelSession(), tokens)
  }

  async function signIn(): Promise<void> {
    if (clients().length >= MAX_SESSIONS) return
    adopt(openModelSession(), await login(ctx, { email: user.email, password }))
  }

  async function useAccess(): Promise<void> {
    const party = pick(parties)
    if (party) await authenticate(ctx, party.tokens.access)
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
