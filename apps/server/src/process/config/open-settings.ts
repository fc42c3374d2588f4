import type { Brand } from '@latchkey/contract'
import type { ThrottleSettings } from '@latchkey/core'
import { isThisMachine } from '../../doors/http/this-machine.ts'
import { readWords } from './setting.ts'
import { throttleVariables } from './throttle.ts'

interface Candidate {
  production: boolean
  host: string
  publicUrl: string
  corsOrigins: string[]
  emailVerifiedRedirect: string | null
  passwordResetRedirect: string | null
  brand: Pick<Brand, 'appUrl'>
  throttle: Pick<ThrottleSettings, 'limits'>
  mail: { mode: string }
}

/**
 * Warns, in the log of a start, about settings that leave something open and are still allowed. Each sentence begins
 * with a name.
 *
 * In production these are plain http and throttles that are off. Outside of production it is a public address.
 */
export function findOpenSettings(config: Candidate): string[] {
  return config.production
    ? [...findPlainOrigins(config), ...findThrottlesOff(config)]
    : findPublicDevelopment(config)
}

/** Tokens and cookies of a page of http can be read and changed on their way. */
function findPlainOrigins(config: Candidate): string[] {
  const named = [
    ...config.corsOrigins.map((origin) => ['CORS_ORIGINS', origin] as const),
    ['EMAIL_VERIFIED_REDIRECT', config.emailVerifiedRedirect] as const,
    ['PASSWORD_RESET_REDIRECT', config.passwordResetRedirect] as const,
    ['APP_URL', config.brand.appUrl] as const,
  ]
  return named.flatMap(([name, address]) =>
    address !== null && isPlain(address)
      ? [
          `${name} names ${new URL(address).origin}: over http anybody on the way can read and change its pages; use https`,
        ]
      : [],
  )
}

function isPlain(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url?.protocol === 'http:' && !isThisMachine(url.hostname)
}

function findThrottlesOff({ throttle }: Candidate): string[] {
  return Object.entries(throttleVariables).flatMap(([name, variable]) =>
    throttle.limits[limitOf(name)] === null
      ? [`${name} is off in production, and nothing limits ${readWords(variable).meaning}`]
      : [],
  )
}

/** `THROTTLE_LOGIN_EMAIL` sets the limit `loginEmail`. */
function limitOf(variable: string): keyof ThrottleSettings['limits'] {
  const words = variable.replace('THROTTLE_', '').toLowerCase()
  return words.replaceAll(/_(\w)/g, (_, letter: string) =>
    letter.toUpperCase(),
  ) as keyof ThrottleSettings['limits']
}

/** A start without `NODE_ENV=production` that the outside can reach is most often a forgotten setting. */
function findPublicDevelopment({ host, publicUrl, mail }: Candidate): string[] {
  const { hostname } = new URL(publicUrl)
  const reasons = [
    ...(isThisMachine(host) ? [] : [`HOST=${host} is reachable from other machines`]),
    ...(isThisMachine(hostname) ? [] : [`PUBLIC_URL=${publicUrl} is a public address`]),
  ]
  const open = [
    'cookies without Secure',
    'plain http',
    'example secrets',
    ...(mail.mode === 'dev'
      ? ['a mailbox with every mailed link, which a proxy on this machine may pass on to strangers']
      : []),
  ]
  return reasons.map(
    (reason) =>
      `${reason}, and NODE_ENV is not production. Open are: ${open.join(', ')}. Set NODE_ENV=production unless this server is for development`,
  )
}
