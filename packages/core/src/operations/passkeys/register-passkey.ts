import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { readRegistration } from '../../services/passkeys/presented-credential.ts'
import { namePasskey } from '../../services/passkeys/providers.ts'
import type { VerifiedRegistration } from '../../services/passkeys/verified-credential.ts'
import { verifyRegistration } from '../../services/passkeys/verify-credential.ts'
import { endExcessSessions } from '../../steps/end-excess-sessions.ts'
import type { FactorCaller, FactorOwner } from '../../steps/factor-owner.ts'
import { finishConnection } from '../../steps/finish-connection.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import { nameCeremony } from '../../steps/open-passkey-ceremony.ts'
import type { OpenedSession } from '../../steps/open-session.ts'
import { openSession } from '../../steps/open-session.ts'
import { getPasskeyOwner } from '../../steps/passkey-owner.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { turnOnSecondFactor } from '../../steps/turn-second-factor.ts'
import { takeChallenge } from '../../tables/ceremonies/challenges.ts'
import {
  hasPasskeyCeremony,
  type PasskeyCeremony,
  takePasskeyCeremony,
} from '../../tables/ceremonies/passkey-ceremonies.ts'
import { lockSession } from '../../tables/locks.ts'
import { insertPasskey } from '../../tables/passkeys/change.ts'
import { countPasskeys, type Passkey } from '../../tables/passkeys/find.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { AuditDetails } from '../../words/audit-kinds.ts'
import type { TokenPair } from '../../words/claims.ts'
import { parseKnownDevice } from '../../words/device.ts'
import { DomainError } from '../../words/errors.ts'
import { newId, type PasskeyId } from '../../words/ids.ts'
import { describePasskeyLevel, MOST_PASSKEYS } from '../../words/passkey-level.ts'
import { describeFirstFactor } from '../../words/proven-levels.ts'

/** What a registration gives. */
export interface PasskeyRegistration {
  passkey: Passkey
  /** Shown once. Only a sign-in that had to set a factor up gets them; null for a caller with a session. */
  recoveryCodes: string[] | null
  /** The tokens of that sign-in; null for a caller with a session. */
  tokens: TokenPair | null
}

/** A verified passkey, the name that it gets, and the ceremony that it answers. */
interface Registration extends VerifiedRegistration {
  name: string
  ceremony: PasskeyCeremony
}

/**
 * Adds a passkey to the caller.
 *
 * The epoch of the user moves, so a challenge from before opens nothing. For a sign-in that had to set a factor up the
 * second factor is on from then on, and the passkey is its second step.
 *
 * @param input.credential - the browser's JSON
 * @param input.name - default: the provider, else the browser and the system
 * @throws {DomainError} `challenge_invalid` - the ceremony is unknown, used or expired, or of another user or session
 * @throws {DomainError} `passkey_refused` - it does not verify, or its credential id is taken; nothing was written
 * @throws {DomainError} `too_many_passkeys`
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `passkeys_disabled` `mfa_disabled` `not_authenticated` `insufficient_user_authentication` - see
 *   {@link getPasskeyOwner}
 */
export async function registerPasskey(
  ctx: Context,
  input: { by: FactorCaller; credential: unknown; name?: string },
): Promise<PasskeyRegistration> {
  const owner = await getPasskeyOwner(ctx, input.by)
  const verified = await verifyNew(ctx, owner, input.credential)
  const name = input.name ?? namePasskey(verified.aaguid, parseKnownDevice(ctx.client.userAgent))
  const added = await transaction(ctx.db, (tx) => add(ctx, tx, owner, { ...verified, name }))
  const { opened, ...registration } = added
  if (opened) await endExcessSessions(ctx, opened)
  return { ...registration, tokens: opened && issueTokens(ctx, opened) }
}

async function verifyNew(
  ctx: Context,
  { userId, sessionId }: FactorOwner,
  sent: unknown,
): Promise<Omit<Registration, 'name'>> {
  const credential = readRegistration(sent)
  if (!credential) throw new DomainError('passkey_refused')
  const { challenge } = credential
  const ceremony = nameCeremony(challenge, { kind: 'passkey_registration', userId, sessionId })
  if (!(await hasPasskeyCeremony(ctx.db, ctx.clock, ceremony))) throw new DomainError('challenge_invalid')
  const verified = await verifyRegistration(getPasskeySite(ctx), { credential, challenge })
  if (!verified) throw new DomainError('passkey_refused')
  return { ...verified, ceremony }
}

/** Every refusal rolls back. The order of the locks is user, ceremony, passkey, challenge, session. */
async function add(ctx: Context, tx: Database, owner: FactorOwner, registration: Registration) {
  const { userId, sessionId, challenge } = owner
  const ifEpoch = challenge && { ifEpoch: challenge.verifiedEpoch }
  const epoch = await changeSecurity(tx, ctx.clock, { id: userId, ...ifEpoch })
  if (epoch === null) throw new DomainError('not_authenticated')
  const isTaken = await takePasskeyCeremony(tx, ctx.clock, registration.ceremony)
  if (!isTaken) throw new DomainError('challenge_invalid')
  const passkey = await store(ctx, tx, owner, registration)
  const by = sessionId === null ? {} : { sessionId }
  const details = { passkey: passkey.id, synced: passkey.backupEligible }
  await recordEvent(ctx, tx, { kind: 'passkey_added', userId, by: 'self', ...by, details })
  await queueFactorMail(ctx, tx, { userId, change: { kind: 'passkeyAdded' } })
  if (challenge) {
    const recoveryCodes = await turnOnSecondFactor(ctx, tx, { userId, sessionId })
    const opened = await openFirstSession(ctx, tx, { challenge, passkey, verifiedEpoch: epoch })
    return { passkey, recoveryCodes, opened }
  }
  if (sessionId === null || !(await lockSession(tx, { userId, sessionId })))
    throw new DomainError('token_not_valid')
  return { passkey, recoveryCodes: null, opened: null }
}

async function store(
  ctx: Context,
  tx: Database,
  { userId }: FactorOwner,
  { ceremony: _, transports, ...values }: Registration,
): Promise<Passkey> {
  if ((await countPasskeys(tx, userId)) >= MOST_PASSKEYS) throw new DomainError('too_many_passkeys')
  const passkey = await insertPasskey(tx, ctx.clock, {
    ...values,
    id: newId<PasskeyId>(),
    userId,
    transports: transports.join(' '),
    rpId: ctx.config.passkeyRpId,
  })
  if (!passkey) throw new DomainError('passkey_refused')
  return passkey
}

/** The passkey was the second step of a sign-in. */
async function openFirstSession(
  ctx: Context,
  tx: Database,
  input: { challenge: NonNullable<FactorOwner['challenge']>; passkey: Passkey; verifiedEpoch: number },
): Promise<OpenedSession> {
  const { challenge, passkey, verifiedEpoch } = input
  const { userId } = passkey
  const taken = await takeChallenge(tx, ctx.clock, challenge)
  const isTaken = taken && (await finishConnection(ctx, tx, { userId, pending: taken.pendingConnection }))
  const method = challenge.method as AuditDetails['login']['method']
  const level = describePasskeyLevel(passkey, [describeFirstFactor(method)])
  const signIn = { userId, verifiedEpoch, method, second: 'passkey', level } as const
  const opened = isTaken ? await openSession(ctx, signIn, tx) : null
  if (!opened) throw new DomainError('not_authenticated')
  return opened
}
