import { isIP } from 'node:net'
import { DEFAULT_CORE_CONFIG as defaults, MINUTE_SECONDS } from '@latchkey/core'
import { duration, flag, integer, oneOf, splitWords } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

const MAX_ISSUER_CHARACTERS = 64
/** A colon ends the issuer in the address of an authenticator app. */
const UNFIT_ISSUER = /[:\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
const MAX_ROLE = 2 ** 31 - 1

export const secondFactorVariables = {
  MFA_MODE: documented(oneOf(['disabled', 'optional', 'required']), {
    default: '`optional`',
    meaning:
      '`required`: every user must have a second factor. `disabled`: nobody is asked, and `/mfa/*` answers 403',
  }),
  MFA_REQUIRED_ROLES: documented(
    setting({ expected: 'numbers of roles, separated by commas, such as 900,1000', read: readRoles }),
    { default: '–', meaning: 'the roles that must have a second factor, whatever `MFA_MODE` is' },
  ),
  MFA_ISSUER: documented(
    setting({
      expected: `a name of at most ${MAX_ISSUER_CHARACTERS} characters in one line, without a colon`,
      read: (text) =>
        Array.from(text).length <= MAX_ISSUER_CHARACTERS && !UNFIT_ISSUER.test(text) ? text : undefined,
    }),
    {
      default: 'the value of `APP_NAME`',
      meaning: 'your name in authenticator apps and in the dialogs of passkeys',
    },
  ),
  MFA_CHALLENGE_LIFETIME: documented(duration({ minSeconds: 30, maxSeconds: 60 * MINUTE_SECONDS }), {
    default: '`5m`',
    meaning: 'how long a sign-in waits for its second step, and a server for the answer of a passkey',
  }),
  MFA_SETUP_LIFETIME: documented(duration({ minSeconds: 60, maxSeconds: 60 * MINUTE_SECONDS }), {
    default: '`15m`',
    meaning: 'how long a sign-in waits for the set-up of a second factor, and an app for its first code',
  }),
  MFA_MAX_ATTEMPTS: documented(integer({ min: 3, max: 100 }), {
    default: '`10`',
    meaning:
      'codes of an authenticator app that are tried for an account before codes are refused; [short recovery codes](guides/second-factors.md#recovery-codes-that-were-moved-in) have a count of their own',
  }),
  MFA_LOCKOUT: documented(duration({ minSeconds: 1 }), {
    default: '`15m`',
    meaning: 'how long they are refused then; passkeys and recovery codes still work',
  }),
  REAUTHENTICATION_MAX_AGE: documented(duration({ minSeconds: MINUTE_SECONDS }), {
    default: '`15m`',
    meaning: 'how long after a sign-in or a confirmation a dangerous change asks for no other one',
  }),
  PASSKEYS: documented(flag(), {
    default: '`true` where browsers allow them: `https`, or `localhost`',
    meaning: '`false`: `/passkeys/*` answers 403, and passkeys count for nothing',
  }),
  PASSKEY_RP_ID: documented(
    setting({
      expected: 'a domain such as example.com',
      read: (text) => (/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i.test(text) ? text.toLowerCase() : undefined),
    }),
    {
      default: 'the host of `PUBLIC_URL`',
      meaning:
        'the domain that passkeys belong to: that host, or a domain it lies under. **Permanent**: with another one every passkey is lost',
    },
  ),
  PASSKEY_ORIGINS: documented(
    setting({
      expected:
        'exact origins such as https://app.example.com or android:apk-key-hash:…, separated by commas',
      read: readPasskeyOrigins,
    }),
    {
      default: '`PUBLIC_URL`, and those of `CORS_ORIGINS` on `PASSKEY_RP_ID` or below it',
      meaning: 'the origins whose pages and apps may use passkeys',
    },
  ),
}

/** The parts of the other settings that these depend on. */
interface Surroundings {
  publicUrl: string
  corsOrigins: readonly string[]
  /** What the operator calls the service. */
  name: string
}

/** The settings of {@link secondFactorVariables}, with their defaults. */
export function secondFactorConfig(env: SettingsOf<typeof secondFactorVariables>, around: Surroundings) {
  const { hostname, origin } = new URL(around.publicUrl)
  const rpId = env.PASSKEY_RP_ID ?? hostname
  const onRpId = around.corsOrigins.filter((one) => isUnder(URL.parse(one)?.hostname ?? '', rpId))
  return {
    mfaMode: env.MFA_MODE ?? defaults.mfaMode,
    mfaRequiredRoles: env.MFA_REQUIRED_ROLES ?? defaults.mfaRequiredRoles,
    mfaIssuer: env.MFA_ISSUER ?? around.name.replaceAll(':', ' '),
    mfaChallengeLifetimeSeconds: env.MFA_CHALLENGE_LIFETIME ?? defaults.mfaChallengeLifetimeSeconds,
    mfaSetupLifetimeSeconds: env.MFA_SETUP_LIFETIME ?? defaults.mfaSetupLifetimeSeconds,
    mfaMaxAttempts: env.MFA_MAX_ATTEMPTS ?? defaults.mfaMaxAttempts,
    mfaLockoutSeconds: env.MFA_LOCKOUT ?? defaults.mfaLockoutSeconds,
    reauthenticationMaxAgeSeconds: env.REAUTHENTICATION_MAX_AGE ?? defaults.reauthenticationMaxAgeSeconds,
    passkeysEnabled: env.PASSKEYS ?? allowsPasskeys(around.publicUrl),
    passkeyRpId: rpId,
    passkeyOrigins: env.PASSKEY_ORIGINS ?? [...new Set([origin, ...onRpId])],
  }
}

type Candidate = Pick<
  ReturnType<typeof secondFactorConfig>,
  'mfaMode' | 'mfaRequiredRoles' | 'passkeysEnabled' | 'passkeyRpId'
> & { publicUrl: string }

/** Finds combinations that cannot work. Each sentence begins with the name of a variable. */
export function findSecondFactorFaults(config: Candidate): string[] {
  const { publicUrl, passkeyRpId: rpId } = config
  const { hostname } = new URL(publicUrl)
  const faults: string[] = []
  if (config.mfaMode === 'disabled' && config.mfaRequiredRoles.length > 0) {
    faults.push('MFA_REQUIRED_ROLES needs another MFA_MODE than disabled')
  }
  if (!config.passkeysEnabled) return faults
  if (!allowsPasskeys(publicUrl)) {
    faults.push(
      'PASSKEYS=true needs a PUBLIC_URL with https and a name, because browsers refuse passkeys elsewhere',
    )
  } else if (!isUnder(hostname, rpId)) {
    faults.push(`PASSKEY_RP_ID must be ${hostname}, or a domain that it lies under`)
  } else if (!rpId.includes('.') && rpId !== 'localhost') {
    faults.push('PASSKEY_RP_ID must not be a public suffix, because browsers refuse it')
  }
  return faults
}

/** Warns about passkeys that were turned off because no browser allows them at this address. */
export function findSecondFactorWarnings(config: Candidate, names: readonly string[]): string[] {
  if (names.includes('PASSKEYS') || allowsPasskeys(config.publicUrl)) return []
  return ['PASSKEYS is off: browsers allow passkeys only below https and a name, or on localhost']
}

/** Browsers allow passkeys in secure contexts, and for names: an IP address is no RP ID. */
function allowsPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  if (hostname === 'localhost') return true
  return protocol === 'https:' && isIP(hostname) === 0 && !hostname.startsWith('[')
}

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

function readRoles(text: string): number[] | undefined {
  const roles = splitWords(text)
  const isRole = (word: string) => /^\d{1,10}$/.test(word) && Number(word) <= MAX_ROLE
  return roles.every(isRole) ? [...new Set(roles.map(Number))] : undefined
}

function readPasskeyOrigins(text: string): string[] | undefined {
  const given = splitWords(text)
  const isApp = (word: string) => /^android:apk-key-hash:[\w-]{43}$/.test(word)
  const isOrigin = (word: string) => {
    const url = URL.parse(word)
    return url?.origin === word && (url.protocol === 'https:' || url.hostname === 'localhost')
  }
  return given.every((word) => isApp(word) || isOrigin(word)) ? [...new Set(given)] : undefined
}
