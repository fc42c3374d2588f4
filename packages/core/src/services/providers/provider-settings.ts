/** The names of the providers whose ways are known here. Every other name is an issuer of OpenID Connect. */
export const PRESET_NAMES = [
  'google',
  'apple',
  'microsoft',
  'github',
  'gitlab',
  'facebook',
  'linkedin',
  'discord',
] as const

export type PresetName = (typeof PRESET_NAMES)[number]

/** Apple has no client secret. The server signs one with this key for each exchange. */
export interface AppleKey {
  teamId: string
  keyId: string
  /** PEM, on the curve P-256. */
  privateKey: string
}

/** One provider of the settings, checked at the start. */
export interface ProviderOptions {
  id: string
  /** What people read; null: the name of the preset, else the id. */
  name: string | null
  /** The issuer as its metadata writes it; null for presets. */
  issuer: string | null
  /** At least one. The first is that of the web, and the secret belongs to it. */
  clientIds: readonly [string, ...string[]]
  clientSecret: string | null
  appleKey: AppleKey | null
  /** Null: those that the way of this provider needs. */
  scopes: string | null
  /** Microsoft: the tenants whose people may sign in; empty: all. */
  tenants: readonly string[]
  /** The domains for whose addresses the provider vouches, in their normal form; `*`: all; null: not set. */
  emailDomains: readonly string[] | null
  /** Whether a vouched address may connect an account that exists. */
  mayLink: boolean
}

/** The settings of all providers. */
export interface ProviderSettings {
  providers: readonly ProviderOptions[]
  /** The exact addresses that a client may have its codes sent to. */
  callbackUrls: readonly string[]
  /** Development: http to this machine. */
  allowInsecureRequests: boolean
}
