import { COOKIE_PREFIXES, type CookiePrefix } from '@latchkey/contract'
import type { RefreshCookie } from '../../doors/http/cookies.ts'
import { flag, oneOf, words } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/** The variables of cookie mode. In this mode browsers keep the refresh token where no script can read it. */
export const cookieVariables = {
  COOKIE_PREFIX: documented(oneOf(['none', ...COOKIE_PREFIXES]), {
    default: '`none`',
    meaning:
      'stands before the names of all [cookies](guides/security.md#cookies); browsers keep a cookie `__Host-…` only with Secure, for the whole host and for no other, so no neighbour below the same domain can set it',
  }),
  REFRESH_TOKEN_AS_COOKIE: documented(flag(), {
    default: '`false`',
    meaning: '`true`: the refresh token is in an HttpOnly cookie and in no body',
  }),
  REFRESH_TOKEN_COOKIE_SECURE: documented(flag(), {
    default: '`true` in production and with `COOKIE_PREFIX`',
    meaning: 'whether browsers send the cookie over https alone',
  }),
  REFRESH_TOKEN_COOKIE_SAME_SITE: documented(words({ lax: 'Lax', strict: 'Strict', none: 'None' }), {
    default: '`Lax`',
    meaning: '`Lax`, `Strict` or `None`',
  }),
  REFRESH_TOKEN_COOKIE_PATH: documented(
    setting({
      expected: 'a path such as /',
      read: (text) => (/^\/[\w.~/-]*$/.test(text) ? text : undefined),
    }),
    { default: 'the path of `PUBLIC_URL`', meaning: 'the path the cookie is sent to' },
  ),
  REFRESH_TOKEN_COOKIE_DOMAIN: documented(
    setting({
      expected: 'a domain such as example.com',
      read: (text) => (/^\.?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text) ? text : undefined),
    }),
    { default: 'the host alone', meaning: 'the domain the cookie is sent to, with every host below it' },
  ),
}

/** The prefix of the names of all cookies. */
export function readPrefix({
  COOKIE_PREFIX: prefix = 'none',
}: Pick<SettingsOf<typeof cookieVariables>, 'COOKIE_PREFIX'>): CookiePrefix {
  return prefix === 'none' ? '' : prefix
}

/** The settings of {@link cookieVariables}, with their defaults. */
export function cookieConfig(
  env: SettingsOf<typeof cookieVariables>,
  { production, basePath }: { production: boolean; basePath: string },
) {
  const cookiePrefix = readPrefix(env)
  const refreshCookie: RefreshCookie = {
    secure: env.REFRESH_TOKEN_COOKIE_SECURE ?? (production || cookiePrefix !== ''),
    sameSite: env.REFRESH_TOKEN_COOKIE_SAME_SITE ?? 'Lax',
    path: env.REFRESH_TOKEN_COOKIE_PATH ?? (basePath || '/'),
    domain: env.REFRESH_TOKEN_COOKIE_DOMAIN,
  }
  /** Null: the refresh token travels in the body. */
  return { cookiePrefix, refreshCookie: env.REFRESH_TOKEN_AS_COOKIE ? refreshCookie : null }
}
