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

/** As a client gives up waiting; later answers count as lost. */
const CLIENT_TIMEOUT_SECONDS = 25
const MAX_SESSIONS = 4
const TABS = 3
const LAST_TRIED = 20

/** What happened in all worlds, to be looked at by people. */
export interface Tally {
  steps: number
  refreshes: number
  /** Sessions ended by an honest client whose lost answer was retried after the grace: looks like theft. */
  lateRetries: number
  /** Thefts that were noticed, by either party's stale token. */
  theftsCaught: number
  /** Answers thieves got before they were noticed, or without ever being noticed. */
  thiefAnswers: number
  /** Stolen sessions that were signed out before the theft showed. */
  theftsUnseen: number
}

/** Somebody who holds tokens of a session. */
interface Party {
  isThief: boolean
  session: ModelSession
  tokens: TokenPair
  generation: number
  /** When an answer with a newer generation was made that has not arrived, or null. */
  missedSince: number | null
  pending: { tokens: TokenPair; sentAt: number }[]
}

/** One user, the parties that hold tokens of it, and the model they are held against. */
export async function createWorld(
  test: TestCore,
  options: { seed: number; now: () => number; tally: Tally },
) {
  const { now, tally } = options
  const random = createRandom(options.seed)
  const graceSeconds = 30
  const { ctx } = test
  const owner = await signUp(ctx)
  let password = PASSWORD
  let parties: Party[] = []
  const dead: TokenPair[] = []
  adopt(openModelSession(), owner.tokens)

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
    // Answers may come out of order; a client keeps the newest.
    if (generation < party.generation) return
    // A late answer that says what is known already does not bring the one that was missed since.
    const missedSince = generation > party.generation ? null : party.missedSince
    Object.assign(party, { tokens, generation, missedSince })
    if (party.isThief) tally.thiefAnswers++
    if (party.isThief) party.session.thiefAnswers++
  }

  function miss(party: Party, tokens: TokenPair): void {
    const { generation = 0 } = readClaims(tokens.refresh)
    if (generation > party.generation) party.missedSince ??= party.session.rotatedAt
  }

  /** A refusal is right after a revocation, after a theft, or after a lost answer was retried too late. */
  function leave(party: Party): void {
    const { session, missedSince } = party
    const isLate = missedSince !== null && now() - missedSince >= graceSeconds
    if (session.end === null) fail('a live session was refused')
    if (session.end === 'replayed' && !session.isStolen) {
      if (!isLate) fail('an honest client was signed out')
      tally.lateRetries++
    }
    if (session.end === 'replayed' && session.isStolen) tally.theftsCaught++
    bury(session)
  }

  /** Whoever held tokens of an ended session holds nothing. */
  function bury(session: ModelSession): void {
    dead.push(...parties.filter((party) => party.session === session).map(({ tokens }) => tokens))
    parties = parties.filter((party) => party.session !== session)
  }

  function revoke(sessions: ModelSession[]): void {
    for (const session of new Set(sessions)) {
      if (session.isStolen) tally.theftsUnseen++
      session.end = 'revoked'
      bury(session)
    }
  }

  async function send(party: Party | undefined, fate: 'arrives' | 'is lost' | 'is late'): Promise<void> {
    if (!party) return
    const sentAt = now()
    const tokens = await refresh(party)
    if (!tokens) return leave(party)
    if (fate === 'arrives') return receive(party, tokens)
    miss(party, tokens)
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
    [3, haunt],
  ]
  const total = steps.reduce((sum, [weight]) => sum + weight, 0)

  function deliver(): void {
    const party = pick(clients().filter(({ pending }) => pending.length > 0))
    // Any of them, so that the last may come first.
    const answer = party && pick(party.pending)
    if (!party || !answer) return
    party.pending = party.pending.filter((other) => other !== answer)
    if (now() - answer.sentAt <= CLIENT_TIMEOUT_SECONDS) receive(party, answer.tokens)
  }

  /** Several tabs wake at once and present the token they share. */
  async function openTabs(): Promise<void> {
    const party = pick(clients())
    if (!party) return
    const answers = await Promise.all(Array.from({ length: TABS }, () => refresh(party)))
    for (const tokens of answers) if (tokens) receive(party, tokens)
    if (answers.includes(null)) leave(party)
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
    adopt(openModelSession(), await login(ctx, { email: owner.email, password }))
  }

  async function useAccess(): Promise<void> {
    const party = pick(parties)
    if (party) await authenticate(ctx, party.tokens.access)
  }

  /** Tokens of ended sessions stay dead. */
  async function haunt(): Promise<void> {
    const tokens = pick(dead)
    if (!tokens) return
    if (await refreshSession(ctx, tokens).catch(refusalToNull)) fail('a session outlived its end')
    if (await authenticate(ctx, tokens.access).catch(refusalToNull))
      fail('an access token outlived its session')
  }

  return {
    /** Does one thing at random. */
    async step(): Promise<void> {
      tally.steps++
      if (clients().length === 0) return signIn()
      let at = random() * total
      for (const [weight, run] of steps) {
        at -= weight
        if (at < 0) return run()
      }
    },
    /** Tries the tokens of the sessions that ended last once more. */
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
