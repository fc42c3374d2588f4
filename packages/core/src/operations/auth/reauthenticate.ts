import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import type { TokenPair } from '../../words/claims.ts'
import { invalidFields } from '../../words/errors.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { reauthenticateWithPasskey } from './reauthenticate-with-passkey.ts'
import { reauthenticateWithPassword } from './reauthenticate-with-password.ts'
import { reauthenticateWithProvider } from './reauthenticate-with-provider.ts'
import { reauthenticateWithRecoveryCode } from './reauthenticate-with-recovery-code.ts'
import { reauthenticateWithTotp } from './reauthenticate-with-totp.ts'

/** What a caller may prove itself with. Exactly one is given. */
export interface GivenProofs {
  /** As it was typed. */
  password?: string | undefined
  /** A code of an authenticator app. */
  code?: string | undefined
  /** As it was typed. */
  recoveryCode?: string | undefined
  /** The browser's JSON. */
  credential?: unknown
  /** The code in `return_to`, of an account that is connected. Its verifier is no proof of its own. */
  socialCode?: string | undefined
  codeVerifier?: string | undefined
}

/**
 * Confirms that the caller is the user itself, and opens a successor of its session whose proof is recent.
 *
 * @returns the tokens of the successor. Those of before work until the grace is over
 * @throws {DomainError} `invalid` - not exactly one proof, a wrong password, or a password where a second factor is on
 * @throws {DomainError} `no_usable_password` - see {@link reauthenticateWithPassword}
 * @throws {DomainError} `invalid_code` `mfa_locked` `totp_locked` - see {@link reauthenticateWithTotp}
 * @throws {DomainError} `invalid_recovery_code` `recovery_codes_locked` - see {@link reauthenticateWithRecoveryCode}
 * @throws {DomainError} `challenge_invalid` `passkey_refused` `passkeys_disabled` - see {@link reauthenticateWithPasskey}
 * @throws {DomainError} `challenge_invalid` - see {@link reauthenticateWithProvider}
 * @throws {DomainError} `mfa_disabled` - a code where second factors are disabled
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; nothing was written
 * @throws {DomainError} `throttled` - too many passwords in this session; nothing was hashed
 */
export async function reauthenticate(
  ctx: Context,
  { identity, ...proofs }: GivenProofs & { identity: Identity },
): Promise<TokenPair> {
  const { password, code, recoveryCode, credential, socialCode, codeVerifier = '' } = proofs
  const given = [password, code, recoveryCode, credential, socialCode].filter((proof) => proof !== undefined)
  if (given.length !== 1) throw invalidFields({ nonFieldErrors: [SENTENCES.notOneProof] })
  if (password !== undefined) return reauthenticateWithPassword(ctx, { identity, password })
  if (code !== undefined) return reauthenticateWithTotp(ctx, { identity, code })
  if (recoveryCode !== undefined) return reauthenticateWithRecoveryCode(ctx, { identity, recoveryCode })
  if (socialCode !== undefined)
    return reauthenticateWithProvider(ctx, { identity, code: socialCode, codeVerifier })
  return reauthenticateWithPasskey(ctx, { identity, credential })
}
