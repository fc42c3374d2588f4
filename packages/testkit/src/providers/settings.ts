import { generateKeyPairSync } from 'node:crypto'
import type { ProviderOptions, ProviderSettings } from '@latchkey/core'
import type { PlaceName } from './places.ts'
import { PLACES } from './places.ts'
import { STAND_IN_SECRET } from './stand-in.ts'

/** The key of an Apple developer of tests. */
export const APPLE_KEY = {
  teamId: 'TEAM000001',
  keyId: 'KEY0000001',
  privateKey: makePrivateKey(),
}

function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The settings of one provider: the client id `<name>-web` for redirects, and `<name>-app`. */
export function describeProvider(id: string, changes: Partial<ProviderOptions> = {}): ProviderOptions {
  const isPreset = id !== 'acme' && Object.hasOwn(PLACES, id)
  return {
    id,
    name: null,
    issuer: isPreset ? null : PLACES.acme.issuer,
    clientIds: [`${id}-web`, `${id}-app`],
    clientSecret: id === 'apple' ? null : STAND_IN_SECRET,
    appleKey: id === 'apple' ? APPLE_KEY : null,
    scopes: null,
    tenants: [],
    emailDomains: null,
    mayLink: true,
    ...changes,
  }
}

/** The settings of all providers of a stand-in, for the options `providerSettings` of a core. */
export function describeProviders(
  changes: Partial<Record<PlaceName, Partial<ProviderOptions>>> = {},
): ProviderSettings {
  return {
    providers: Object.keys(PLACES).map((id) => describeProvider(id, changes[id as PlaceName])),
    callbackUrls: ['https://app.example/callback'],
    allowInsecureRequests: false,
  }
}
