import { NEW_PASSWORD, PASSWORD, readClaims } from '@latchkey/testkit'
import { logout } from '../../src/operations/auth/logout.ts'
import { logoutAll } from '../../src/operations/auth/logout-all.ts'
import { changePassword } from '../../src/operations/password/change-password.ts'
import { authenticate, authenticateForLogout } from '../../src/steps/authenticate.ts'
import { requireBinding } from '../../src/steps/require-binding.ts'
import type { TokenPair } from '../../src/words/claims.ts'
import { proveSomehow, signInSomehow, turnOff, turnOn } from './session-factors.ts'
import {
  BY_PASSKEY,
  BY_PASSWORD,
  listEndedByFactor,
  lowerLevels,
  type ModelSession,
  openModelSession,
  succeed,
} from './session-model.ts'
import { createParty, KINDS, type Kind, keepFormer, type Party } from './session-party.ts'
import { createProofKey, readNonce, signProof, withProof } from './session-proofs.ts'
import {
  clientsOf,
  count,
  countAll,
  dropTokens,
  fail,
  pick,
  refusalToNull,
  revoke,
  settledOf,
  type WorldState,
} from './session-state.ts'
import { act, stealFrom } from './session-thieves.ts'
import { compareTokens } from './session-traffic.ts'

/** A client holds the tokens of a session that was opened. */
export function adopt(
  world: WorldState,
  opened: { session: ModelSession; tokens: TokenPair },
  own: Pick<Party, 'kind' | 'isCookie' | 'proofKey'>,
): Party {
  opened.session.authTime ??= readClaims(opened.tokens.refresh).auth_time ?? 0
  const party = createParty(opened, { ...own, writtenAt: world.now() })
  world.parties.push(party)
  count(world, party, 'sessions')
  return party
}

/** A client goes on with the tokens of a successor, in place of its own. */
function goOn(world: WorldState, party: Party, opened: { session: ModelSession; tokens: TokenPair }): void {
  keepFormer(party, world.now())
  const { former, writtenAt, nonce, kind, isCookie, proofKey } = party
  world.parties = world.parties.filter((other) => other !== party)
  Object.assign(adopt(world, opened, { kind, isCookie, proofKey }), { former, writtenAt, nonce })
}

/** Signs in with a kind of client that the user does not have now. */
export async function signIn(world: WorldState): Promise<void> {
  const present = clientsOf(world).map(({ kind }) => kind)
  const kind = pick(
    world,
    KINDS.filter((one) => !present.includes(one)),
  )
  if (!kind) return
  const proofKey = kind === 'bound' ? createProofKey() : null
  const { ctx, factors } = world
  const proof = proofKey && signProof(ctx, proofKey, { path: '/login/', nonce: readNonce(ctx) })
  const binding = await requireBinding(withProof(ctx, proof))
  const { tokens, level } = await signInSomehow({ ...ctx, binding }, factors, world.random())
  const session = openModelSession(level, proofKey?.jkt)
  const party = adopt(world, { session, tokens }, { kind, isCookie: chooseCookie(world, kind), proofKey })
  compareTokens(world, party, tokens)
}

function chooseCookie(world: WorldState, kind: Kind): boolean {
  return kind === 'tabs' || (kind !== 'keyed' && world.random() < 0.5)
}

/** Signs one session out. No proof is asked for. */
export async function signOut(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  const identity = await authenticateForLogout(world.ctx, party.tokens.access)
  await logout(world.ctx, { identity, refresh: party.tokens.refresh })
  revoke(world, [party.session])
}

/** Signs every session of the user out. */
export async function signOutEverywhere(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  await logoutAll(world.ctx, { identity: await authenticate(world.ctx, party.tokens.access) })
  revoke(world, listSessions(world))
}

function listSessions({ parties, left }: WorldState): ModelSession[] {
  return [...parties, ...left].map(({ session }) => session)
}

/** Changes the password. The session of the client gets a successor that is bound as it was. */
export async function change(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  const { ctx, factors } = world
  const identity = await authenticate(ctx, party.tokens.access)
  const next = factors.password === PASSWORD ? NEW_PASSWORD : PASSWORD
  const passwords = { oldPassword: factors.password, newPassword1: next, newPassword2: next }
  const tokens = await changePassword(ctx, { identity, ...passwords })
  factors.password = next
  const { level, jkt } = party.session
  revoke(world, listSessions(world))
  if (!tokens) fail(world, 'a new password gave no tokens')
  const session = openModelSession(level, jkt)
  goOn(world, party, { session, tokens })
  compareTokens(world, { ...party, session }, tokens)
}

/**
 * Proves the password or the passkey again, now and then twice because the first answer was lost. Thieves stay with the
 * session of before, at its level. Without a grace that session ends at once, so there is no second try.
 */
export async function prove(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  const { ctx, factors, graceSeconds } = world
  countAll(world, 'confirmations')
  const isByPassword = world.random() < 0.5
  const ask = async () => {
    const identity = await authenticate(ctx, party.tokens.access)
    return proveSomehow(ctx, factors, { identity, isByPassword })
  }
  if (isByPassword && factors.isOn) {
    if (await ask().catch(refusalToNull)) {
      fail(world, 'the password alone confirmed a user with a second factor')
    }
    return countAll(world, 'passwordsRefused')
  }
  if (graceSeconds > 0 && world.random() < 0.3) await ask()
  if (world.random() < 0.3) stealFrom(world, party)
  const tokens = await ask()
  const proof = isByPassword ? BY_PASSWORD : BY_PASSKEY
  const successor = succeed(party.session, proof, { now: world.now(), graceSeconds })
  if (successor.level.acr !== party.session.level.acr) countAll(world, 'raised')
  world.left.push({ session: party.session, tokens: party.tokens })
  goOn(world, party, { session: successor, tokens })
  compareTokens(world, { ...party, session: successor }, tokens)
  endSucceeded(world)
  // A thief that acts at once gets tokens within the grace, and none of them has the level of the successor.
  const thief = world.parties.find((other) => other.isThief && other.session === party.session)
  if (world.random() < 0.7) await act(world, thief)
}

/** Ends the sessions whose successors are older than the grace. */
export function endSucceeded(world: WorldState): void {
  const isOver = ({ session }: { session: ModelSession }) =>
    session.endsAt !== null && world.now() >= session.endsAt
  const over = world.left.filter(isOver)
  world.dead.push(...over.map(({ tokens }) => tokens))
  world.left = world.left.filter((one) => !isOver(one))
  for (const { session } of over) session.end ??= 'succeeded'
  for (const session of new Set(world.parties.filter(isOver).map((party) => party.session))) {
    session.end ??= 'succeeded'
    const parties = world.parties.filter((party) => party.session === session)
    if (parties.some(({ isThief }) => isThief)) countAll(world, 'thievesLeftBehind')
    for (const party of parties) if (!party.isThief) count(world, party, 'leftBehind')
    dropTokens(world, session)
  }
}

/** Puts the row of a session back to a generation that its client knows, with a grace that is over. */
export async function rewind(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  const { test } = world
  const generation = 1 + Math.floor(world.random() * party.generation)
  const isNew = generation === 1
  const key = world.keysOf.get(party.session)?.get(generation) ?? null
  Object.assign(party.session, { generation, rotatedAt: isNew ? null : world.now() - 60, madeBy: key })
  await test.database.sql`
    update sessions set generation = ${generation},
      rotated_at = case when ${isNew} then null else now() + make_interval(secs => ${test.clock.seconds - 60}) end,
      rotation_key = substring(sha256(convert_to(${key}, 'UTF8')) from 1 for 16)
    where id = ${readClaims(party.tokens.access).session}`
  countAll(world, 'rewinds')
}

/** Turns the second factor on, or off by a session that has proven it. */
export async function turnFactor(world: WorldState): Promise<void> {
  const party = pick(world, settledOf(world))
  if (!party) return
  const { ctx, factors } = world
  const identity = await authenticate(ctx, party.tokens.access)
  const sessions = listSessions(world)
  if (!factors.isOn) {
    await turnOn(ctx, factors, identity)
    const ended = listEndedByFactor(sessions, party.session)
    countAll(world, 'endedByFactor', ended.length)
    return revoke(world, ended)
  }
  const isProven = party.session.level.acr === 'aal2'
  const isOff = await turnOff(ctx, factors, identity).then(
    () => true,
    (error) => refusalToNull(error) !== null,
  )
  if (isOff !== isProven) fail(world, 'the wrong session turned the second factor off')
  if (isProven) countAll(world, 'lowered', lowerLevels(sessions))
}
