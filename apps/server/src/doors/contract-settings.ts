import type { ContractSettings } from '@latchkey/contract'
import type { RefreshCookie } from './http/cookies.ts'

/** The settings of a server on which its contract depends, by their names in the configuration. */
export interface ContractConfig extends Omit<ContractSettings, 'cookieMode' | 'namesRequired'> {
  registrationNamesRequired: boolean
  /** The attributes of the cookie of the refresh token; null when the token travels in the body. */
  refreshCookie: RefreshCookie | null
}

/** Reads from a configuration the settings on which the contract depends. */
export function readContractSettings(config: ContractConfig): ContractSettings {
  return {
    ...config,
    cookieMode: config.refreshCookie !== null,
    namesRequired: config.registrationNamesRequired,
  }
}
