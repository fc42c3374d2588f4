import { PRESET_NAMES, type ProviderOptions, type ProviderSettings } from '@latchkey/core'
import { providerVariable } from './providers.ts'
import { fileVariableOf } from './secret-files.ts'

/** Those of plain OAuth 2 have no ID token. */
const PLAIN = ['github', 'facebook', 'discord']
/** They answer nothing without a secret. */
const NEEDS_SECRET = [...PLAIN, 'linkedin']
const OF_APPLE = ['TEAM_ID', 'KEY_ID', 'PRIVATE_KEY'] as const

interface Candidate {
  production: boolean
  providerSettings: ProviderSettings
}

/** Finds providers whose settings are missing or do not fit together. Each sentence begins with a variable. */
export function findProviderFaults(config: Candidate, given: (name: string) => boolean): string[] {
  return config.providerSettings.providers.flatMap((provider) => {
    const rule = { ...describeRule(provider), production: config.production }
    return [
      ...findMissing(provider.id, rule.required, given),
      ...findUseless(provider.id, rule.useless, given),
      ...findUnfit(provider, config.production),
    ]
  })
}

type Field = Parameters<typeof providerVariable>[1]

function describeRule({ id }: ProviderOptions): { required: Field[]; useless: Field[] } {
  const isPreset = (PRESET_NAMES as readonly string[]).includes(id)
  const required: Field[] = ['CLIENT_ID']
  const useless: Field[] = []
  ;(isPreset ? useless : required).push('ISSUER')
  if (NEEDS_SECRET.includes(id)) required.push('CLIENT_SECRET')
  if (id === 'apple') useless.push('CLIENT_SECRET')
  ;(id === 'apple' ? required : useless).push(...OF_APPLE)
  if (id !== 'microsoft') useless.push('TENANT')
  return { required, useless }
}

function findMissing(id: string, fields: Field[], given: (name: string) => boolean): string[] {
  return fields
    .map((field) => providerVariable(id, field))
    .filter((name) => !given(name))
    .map((name) => `${name} is required, because PROVIDERS names ${id}`)
}

function findUseless(id: string, fields: Field[], given: (name: string) => boolean): string[] {
  return fields
    .map((field) => providerVariable(id, field))
    .filter(given)
    .map((name) => `${name} must not be set: ${id} has no such setting`)
}

function findUnfit({ id, issuer, scopes }: ProviderOptions, production: boolean): string[] {
  const faults: string[] = []
  if (production && issuer?.startsWith('http:')) {
    faults.push(`${providerVariable(id, 'ISSUER')} must begin with https:// in production`)
  }
  if (scopes !== null && !PLAIN.includes(id) && !scopes.split(' ').includes('openid')) {
    faults.push(`${providerVariable(id, 'SCOPES')} must contain openid: without it there is no ID token`)
  }
  return faults
}

/** Warns about variables of providers that `PROVIDERS` does not name: they have no effect. */
export function findProviderWarnings(names: string[], known: string[]): string[] {
  const all = [...known, ...known.map(fileVariableOf)]
  return names
    .filter((name) => /^PROVIDER_[A-Z0-9_]+$/.test(name) && !all.includes(name))
    .map((name) => `${name} has no effect: PROVIDERS names no provider with this setting`)
}
