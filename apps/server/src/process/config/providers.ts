import { PORTAL_PATH, PORTAL_RETURN_PATH, readReturnEntry } from '@latchkey/contract'
import { PRESET_NAMES, type ProviderOptions, type ProviderSettings } from '@latchkey/core'
import type { z } from 'zod'
import { providerTemplates } from './provider-values.ts'
import { splitWords } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/** The paths below `/social/` that are no provider. */
const RESERVED = ['accounts', 'connect', 'providers', 'session']
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const ID_MAX_CHARACTERS = 30

export const providerVariables = {
  PROVIDERS: documented(
    setting({
      expected: `names, each once, of at most ${ID_MAX_CHARACTERS} small letters, digits and inner hyphens, separated by commas; ${RESERVED.join(', ')} are taken`,
      read: readIds,
    }),
    {
      default: '–',
      meaning: `the providers that people may sign in with. Known are ${PRESET_NAMES.map((name) => `\`${name}\``).join(', ')}; every other name needs its issuer`,
    },
  ),
  PROVIDER_CALLBACK_URLS: documented(
    setting({
      expected:
        'URLs such as https://app.example.com/callback or com.example.app:/callback, separated by commas',
      read: readCallbackUrls,
    }),
    {
      default: '–',
      meaning:
        'the exact addresses that an app may have its own codes sent to, for `POST /social/{provider}/code/`. The redirect flow needs none',
    },
  ),
  PROVIDER_RETURN_URLS: documented(
    setting({
      expected:
        'origins with or without a path, such as https://app.example.com/app, or addresses of apps such as com.example.app:/path, separated by commas',
      read: readReturnUrls,
    }),
    {
      default: '`PUBLIC_URL` and `CORS_ORIGINS`',
      meaning:
        'where the redirect flow may lead back to: the address itself and, for web addresses, everything below it. The portal is allowed in any case',
    },
  ),
}

type Templates = typeof providerTemplates
type Field = keyof Templates extends `PROVIDER_<NAME>_${infer Name}` ? Name : never

/** The variable of a provider: `PROVIDER_ACME_ISSUER`. */
export function providerVariable(id: string, field: Field): string {
  return `PROVIDER_${id.toUpperCase().replaceAll('-', '_')}_${field}`
}

/** The variables of the providers that `PROVIDERS` names. */
export function nameProviderVariables(named: string | undefined): Record<string, z.ZodType> {
  const ids = readIds(named ?? '') ?? []
  return Object.fromEntries(
    ids.flatMap((id) =>
      Object.entries(providerTemplates).map(([template, variable]) => [
        providerVariable(id, template.replace('PROVIDER_<NAME>_', '') as Field),
        variable,
      ]),
    ),
  )
}

/** The settings of {@link providerVariables} and of the providers that they name. */
export function providerConfig(
  env: SettingsOf<typeof providerVariables> & Record<string, unknown>,
  server: { publicUrl: string; corsOrigins: string[]; production: boolean },
) {
  const providerSettings: ProviderSettings = {
    providers: (env.PROVIDERS ?? []).map((id) => readProvider(id, env)),
    callbackUrls: env.PROVIDER_CALLBACK_URLS ?? [],
    allowInsecureRequests: !server.production,
  }
  // A code over plain http can be read on its way.
  const origins = server.corsOrigins.filter((origin) => readReturnEntry(origin) !== null)
  const apps = env.PROVIDER_RETURN_URLS ?? [server.publicUrl, ...origins]
  return {
    providerSettings,
    // The portal needs no setting for itself.
    providerReturnUrls: [...apps, server.publicUrl + PORTAL_PATH + PORTAL_RETURN_PATH],
  }
}

/** A provider without a client id is refused by {@link findProviderFaults}. */
function readProvider(id: string, env: Record<string, unknown>): ProviderOptions {
  const read = <Name extends Field>(field: Name) =>
    (env[providerVariable(id, field)] ?? null) as z.output<Templates[`PROVIDER_<NAME>_${Name}`]> | null
  const [teamId, keyId, privateKey] = [read('TEAM_ID'), read('KEY_ID'), read('PRIVATE_KEY')]
  return {
    id,
    name: read('NAME') ?? null,
    issuer: read('ISSUER') ?? null,
    clientIds: read('CLIENT_ID') ?? [''],
    clientSecret: read('CLIENT_SECRET') ?? null,
    appleKey: teamId && keyId && privateKey ? { teamId, keyId, privateKey } : null,
    scopes: read('SCOPES') ?? null,
    tenants: read('TENANT') ?? [],
    emailDomains: read('EMAIL_DOMAINS') ?? null,
    mayLink: read('LINK') !== 'never',
  }
}

function readIds(text: string): string[] | undefined {
  const ids = splitWords(text)
  const isSound = (id: string) => ID.test(id) && id.length <= ID_MAX_CHARACTERS && !RESERVED.includes(id)
  return ids.every(isSound) && new Set(ids).size === ids.length ? ids : undefined
}

function readCallbackUrls(text: string): string[] | undefined {
  const urls = splitWords(text)
  return urls.every((url) => readReturnEntry(url) !== null) ? urls : undefined
}

function readReturnUrls(text: string): string[] | undefined {
  const entries = splitWords(text).map(readReturnEntry)
  return entries.every((entry) => entry !== null) ? entries : undefined
}
