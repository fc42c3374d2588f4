import type { Context } from '../context.ts'

type Settings = Pick<Context, 'config'>

/** Answers whether the settings demand a second factor of users with a role. */
export function isFactorRequired({ config }: Settings, role: number): boolean {
  if (config.mfaMode === 'disabled') return false
  return config.mfaMode === 'required' || config.mfaRequiredRoles.includes(role)
}

/** Answers whether the second factor of a user is on: the user has turned it on, and the settings allow any. */
export function isFactorOn({ config }: Settings, user: { secondFactor: boolean }): boolean {
  return user.secondFactor && config.mfaMode !== 'disabled'
}

/** The domain whose passkeys count; null while passkeys are disabled. */
export function rpIdOf({ config }: Settings): string | null {
  return config.passkeysEnabled ? config.passkeyRpId : null
}
