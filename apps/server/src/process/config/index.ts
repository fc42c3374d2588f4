import { z } from 'zod'
import { accountConfig, accountVariables, findHashFaults } from './accounts.ts'
import { auditConfig, auditVariables } from './audit.ts'
import { findAddressFaults, findAddressWarnings } from './base-path.ts'
import { brandConfig, brandVariables, findBrandFaults } from './brand.ts'
import { findCookieFaults, findCookieWarnings } from './cookie-faults.ts'
import { databaseConfig, databaseVariables, findDatabaseFaults, findDatabaseWarnings } from './database.ts'
import { importConfig, importVariables } from './import-sources.ts'
import { languageConfig, languageVariables } from './languages.ts'
import { findLandingWarnings, linkConfig, linkVariables } from './links.ts'
import { findMailFaults, isShellMailbox, mailConfig, mailVariables } from './mail.ts'
import { findMetricsFaults, findMetricsWarnings, metricsConfig, metricsVariables } from './metrics.ts'
import { findMisspeltNames } from './misspelt.ts'
import { findOldTokenFaults, findOldTokenWarnings, oldTokenConfig, oldTokenVariables } from './old-tokens.ts'
import { findInsecureSettings } from './production.ts'
import { findProofFaults, proofConfig, proofVariables } from './proofs.ts'
import { findProviderFaults, findProviderWarnings } from './provider-faults.ts'
import { providerTemplates } from './provider-values.ts'
import { nameProviderVariables, providerConfig, providerVariables } from './providers.ts'
import { proxyConfig, proxyVariables } from './proxies.ts'
import { cookieConfig, cookieVariables, readPrefix } from './refresh-cookie.ts'
import {
  findSecondFactorFaults,
  findSecondFactorWarnings,
  secondFactorConfig,
  secondFactorVariables,
} from './second-factors.ts'
import { fileVariableOf, readSecretFiles } from './secret-files.ts'
import { secretConfig, secretVariables } from './secrets.ts'
import { serverConfig, serverVariables } from './server.ts'
import { readWords } from './setting.ts'
import { findThrottleMistakes, throttleConfig, throttleVariables } from './throttle.ts'
import { tokenConfig, tokenVariables } from './tokens.ts'
import { traceConfig, traceVariables } from './traces.ts'

/** Every variable, under the headings of `docs/configuration.md`. */
export const CHAPTERS = {
  'The server': { ...serverVariables, ...proxyVariables },
  'Your name on it': brandVariables,
  'Storage and secrets': { ...databaseVariables, ...secretVariables },
  'Tokens and sessions': { ...tokenVariables, ...proofVariables, ...cookieVariables },
  'Old tokens after a move': oldTokenVariables,
  'Sources of an import': importVariables,
  'Accounts and passwords': accountVariables,
  'Second factors and passkeys': secondFactorVariables,
  'Signing in with other providers': { ...providerVariables, ...providerTemplates },
  'Mail and mailed links': { ...mailVariables, ...linkVariables },
  Languages: languageVariables,
  Throttling: throttleVariables,
  'The audit trail': auditVariables,
  'Metrics and traces': { ...metricsVariables, ...traceVariables },
}

const environment = z.object({
  ...CHAPTERS['The server'],
  ...CHAPTERS['Your name on it'],
  ...CHAPTERS['Storage and secrets'],
  ...CHAPTERS['Tokens and sessions'],
  ...CHAPTERS['Old tokens after a move'],
  ...CHAPTERS['Sources of an import'],
  ...CHAPTERS['Accounts and passwords'],
  ...CHAPTERS['Second factors and passkeys'],
  // Without the templates: each load has those of the providers that it names.
  ...providerVariables,
  ...CHAPTERS['Mail and mailed links'],
  ...CHAPTERS.Languages,
  ...CHAPTERS.Throttling,
  ...CHAPTERS['The audit trail'],
  ...CHAPTERS['Metrics and traces'],
})

export const VARIABLE_NAMES = Object.keys(environment.shape)

/** The settings whose value can also come from a file. */
export const SECRET_NAMES = listSecrets(environment.shape)

/** The secrets that are a list. */
const LIST_NAMES = SECRET_NAMES.filter((name) => readWords(environment.shape[name as never]).list)

type Environment = z.output<typeof environment>

export type Config = ReturnType<typeof readConfig>

/**
 * The mistakes in the environment, all at once. Each sentence begins with the name of a variable. Names that look
 * misspelt are among them: a misspelt name is often the reason for a missing setting.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: string[]

  constructor(mistakes: string[]) {
    super(mistakes.join('\n'))
    this.mistakes = mistakes
  }
}

/**
 * Reads the settings from the environment and from the files that it names. No other code reads the environment.
 *
 * @returns the settings, and warnings about names that look misspelt
 * @throws {ConfigError} naming every malformed, missing or insecure variable
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): { config: Config; warnings: string[] } {
  const given = listGiven(env)
  const schema = environment.extend(nameProviderVariables(given.PROVIDERS))
  const known = Object.keys(schema.shape)
  const secrets = listSecrets(schema.shape)
  const { values, mistakes: unread } = readSecretFiles(given, { settings: known, secrets, lists: LIST_NAMES })
  const malformed = new Map([...unread, ...findMalformed(values, given, schema)])
  const sound = Object.entries(values).filter(([name]) => !malformed.has(name))
  const config = readConfig(schema.parse(Object.fromEntries(sound)) as Environment, given)
  const unfit = findUnfit(config, (name) => name in values)
  const mistakes = [...malformed.values(), ...unfit.filter((fault) => !malformed.has(firstWord(fault)))]
  const misspelt = findMisspeltNames(Object.keys(given), [...known, ...secrets.map(fileVariableOf)])
  if (mistakes.length > 0) throw new ConfigError([...mistakes, ...misspelt])
  const useless = findProviderWarnings(Object.keys(values), known)
  return { config, warnings: [...misspelt, ...useless, ...findWarnings(config, Object.keys(values))] }
}

/** The files that secrets come from, with the variables that name them. */
export function listSecretFiles(env: NodeJS.ProcessEnv = process.env): { variable: string; path: string }[] {
  const given = listGiven(env)
  const secrets = [...SECRET_NAMES, ...listSecrets(nameProviderVariables(given.PROVIDERS))]
  return secrets.map(fileVariableOf).flatMap((variable) => {
    const path = given[variable]?.trim()
    return path === undefined ? [] : [{ variable, path }]
  })
}

/** The variables that are set. An empty variable counts as not set. */
function listGiven(env: NodeJS.ProcessEnv): Record<string, string> {
  const set = Object.entries(env).flatMap(([name, value]) =>
    value?.trim() && !isShellMailbox(name, value) ? [[name, value] as const] : [],
  )
  return Object.fromEntries(set)
}

function listSecrets(variables: Record<string, z.ZodType>): string[] {
  return Object.entries(variables)
    .filter(([, setting]) => readWords(setting).secret)
    .map(([name]) => name)
}

function findMalformed(
  values: Record<string, string>,
  given: Record<string, string>,
  schema: z.ZodObject,
): Map<string, string> {
  const issues = schema.safeParse(values).error?.issues ?? []
  return new Map(
    issues.map(({ path, message }) => {
      const name = path.join('.')
      const isFromFile = fileVariableOf(name) in given
      return [
        name,
        isFromFile ? `${fileVariableOf(name)} names a file whose content ${message}` : `${name} ${message}`,
      ]
    }),
  )
}

function findUnfit(config: Config, given: (name: string) => boolean): string[] {
  return [
    ...(config.production ? findInsecureSettings(config, given) : []),
    ...findDatabaseFaults(config),
    ...findAddressFaults(config),
    ...findProofFaults(config),
    ...findCookieFaults(config),
    ...findOldTokenFaults(config, given),
    ...findBrandFaults(config),
    ...findMailFaults(config),
    ...findHashFaults(config),
    ...findSecondFactorFaults(config),
    ...findProviderFaults(config, given),
    ...findThrottleMistakes(config.throttle),
    ...findMetricsFaults(config),
  ]
}

function firstWord(sentence: string): string {
  return sentence.slice(0, sentence.indexOf(' '))
}

function readConfig(env: Environment, given: Record<string, string>) {
  const server = serverConfig(env)
  const database = databaseConfig(env)
  const brand = brandConfig(env, server.publicUrl)
  return {
    ...server,
    linkBaseUrl: server.publicUrl + server.restPrefix,
    ...database,
    ...secretConfig(env, given),
    ...tokenConfig(env),
    ...proofConfig(env, server),
    ...oldTokenConfig(env),
    ...importConfig(env),
    ...accountConfig(env),
    ...secondFactorConfig(env, { ...server, name: brand.brand.name }),
    ...providerConfig(env, server),
    ...linkConfig(env, server.production || readPrefix(env) !== ''),
    ...cookieConfig(env, server),
    ...brand,
    ...mailConfig(env, { dataDir: database.dataDir, name: brand.brand.name }),
    ...languageConfig(env),
    ...auditConfig(env),
    ...throttleConfig(env),
    ...proxyConfig(env),
    ...metricsConfig(env),
    ...traceConfig(env),
  }
}

function findWarnings(config: Config, names: string[]): string[] {
  const warnings = [
    ...findDatabaseWarnings(config.databaseUrl, names),
    ...findAddressWarnings(config),
    ...findCookieWarnings(config),
    ...findOldTokenWarnings(config),
    ...findLandingWarnings(config),
    ...findSecondFactorWarnings(config, names),
    ...findMetricsWarnings(config),
  ]
  if (config.production && config.mail.mode === 'smtp' && !names.includes('MAIL_FROM')) {
    warnings.push('MAIL_FROM is not set: mail is sent from no-reply@localhost, which many servers refuse')
  }
  if (config.resetCookie.sameSite === 'Strict') {
    warnings.push(
      'PASSWORD_RESET_COOKIE_SAME_SITE=Strict: a reset link opened in a web mailbox leads to a form without its cookie',
    )
  }
  return warnings
}
