import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import { flag, integer } from './readers.ts'
import type { SettingsOf } from './setting.ts'

export const accountVariables = {
  OLD_PASSWORD_FIELD_ENABLED: flag(),
  LOGOUT_ON_PASSWORD_CHANGE: flag(),
  REGISTRATION_NAMES_REQUIRED: flag(),
  PASSWORD_HASH_MEMORY_KIB: integer({ min: 8, max: 4_194_304 }),
  PASSWORD_HASH_PASSES: integer({ min: 1, max: 100 }),
  PASSWORD_HASH_LANES: integer({ min: 1, max: 8 }),
}

/** Argon2 needs eight blocks of a KiB for each lane. */
const MIN_KIB_PER_LANE = 8

/** Finds a combination of hash parameters that Argon2 refuses. */
export function findHashFaults({ passwordHash }: ReturnType<typeof accountConfig>): string[] {
  const least = MIN_KIB_PER_LANE * passwordHash.lanes
  if (passwordHash.memoryKib >= least) return []
  return [`PASSWORD_HASH_MEMORY_KIB must be at least ${least} with PASSWORD_HASH_LANES=${passwordHash.lanes}`]
}

/** The settings of {@link accountVariables}, with their defaults. */
export function accountConfig(env: SettingsOf<typeof accountVariables>) {
  return {
    oldPasswordRequired: env.OLD_PASSWORD_FIELD_ENABLED ?? defaults.oldPasswordRequired,
    logoutOnPasswordChange: env.LOGOUT_ON_PASSWORD_CHANGE ?? defaults.logoutOnPasswordChange,
    registrationNamesRequired: env.REGISTRATION_NAMES_REQUIRED ?? true,
    passwordHash: {
      memoryKib: env.PASSWORD_HASH_MEMORY_KIB ?? 19_456,
      passes: env.PASSWORD_HASH_PASSES ?? 2,
      lanes: env.PASSWORD_HASH_LANES ?? 1,
    },
  }
}
