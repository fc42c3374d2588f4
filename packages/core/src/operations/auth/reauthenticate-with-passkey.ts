import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { readAssertion } from '../../services/passkeys/presented-credential.ts'
import { checkOwnAssertion, type ProvenPasskey } from '../../steps/check-assertion.ts'
import type { Identity } from '../../steps/identity.ts'
import { nameCeremony } from '../../steps/open-passkey-ceremony.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { refuseProof } from '../../steps/refuse-proof.ts'
import { spendPasskey } from '../../steps/spend-passkey.ts'
import { stepUp } from '../../steps/step-up.ts'
import {
  hasPasskeyCeremony,
  type PasskeyCeremony,
  takePasskeyCeremony,
} from '../../tables/ceremonies/passkey-ceremonies.ts'
import { settleAttempts } from '../../tables/code-attempts/statements.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { listPasskeyWords } from '../../words/passkey-level.ts'

const REFUSED = { factor: 'passkey', refusal: 'passkey_refused' } as const

/**
 * Confirms by a passkey that the caller is the user itself, and opens a successor of its session with two factors.
 *
 * @param input.credential - the browser's JSON
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `challenge_invalid` - the ceremony is unknown, used or expired, or of another user or session
 * @throws {DomainError} `passkey_refused` - it does not verify, belongs to another user, or its counter did not grow
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; nothing was written
 * @throws {DomainError} `passkeys_disabled`
 */
export async function reauthenticateWithPasskey(
  ctx: Context,
  input: { identity: Identity; credential: unknown },
): Promise<TokenPair> {
  getPasskeySite(ctx)
  const { userId, sessionId } = input.identity
  const credential = readAssertion(input.credential)
  if (!credential) throw new DomainError('passkey_refused')
  const { challenge } = credential
  const ceremony = nameCeremony(challenge, { kind: 'reauthentication', userId, sessionId })
  if (!(await hasPasskeyCeremony(ctx.db, ctx.clock, ceremony))) throw new DomainError('challenge_invalid')
  const proven = await checkOwnAssertion(ctx, { userId, credential, challenge })
  if (!proven) throw await refuseProof(ctx, input.identity, REFUSED)
  const tokens = await stepUp(ctx, input.identity, {
    method: 'passkey',
    acr: 'aal2',
    amr: listPasskeyWords(proven.passkey).join(' '),
    use: (tx) => useForStepUp(ctx, tx, proven, ceremony),
  })
  if (!tokens) throw new DomainError('passkey_refused')
  return tokens
}

/** A counter that did not grow spends the ceremony too, and that is committed. */
async function useForStepUp(
  ctx: Context,
  tx: Database,
  proven: ProvenPasskey,
  ceremony: PasskeyCeremony,
): Promise<boolean> {
  const use = await spendPasskey(ctx, tx, proven, ceremony.sessionId ?? undefined)
  if (use === 'removed') return false
  if (!(await takePasskeyCeremony(tx, ctx.clock, ceremony))) throw new DomainError('challenge_invalid')
  if (use === 'counter') return false
  await settleAttempts(tx, proven.passkey.userId, null)
  return true
}
