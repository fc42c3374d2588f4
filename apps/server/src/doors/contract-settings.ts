import type { ContractSettings } from '@latchkey/contract'
import type { RefreshCookie } from './http/cookies.ts'

/** The settings of a server that decide what its contract is, as its configuration names them. */
export interface ContractConfig extends Omit<ContractSettings, 'cookieMode' | 'namesRequired'> {
  registrationNamesRequired: boolean
  /** How the refresh token's cookie is set, or null where the token travels in the body. */
  refreshCookie: RefreshCookie | null
}

/** Reads from a configuration what the contract depends on. */
export function readContractSettings(config: ContractConfig): ContractSettings {
  return {
    ...config,
    cookieMode: config.refreshCookie !== null,
    namesRequired: config.registrationNamesRequired,
  }
}
