import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import type { ResetCookie } from '../../doors/http/cookies.ts'
import { duration, flag, integer, oneOf, words } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

export const linkVariables = {
  EMAIL_VERIFICATION: words({
    none: 'none',
    false: 'none',
    optional: 'optional',
    mandatory: 'mandatory',
    true: 'mandatory',
  }),
  EMAIL_VERIFIED_REDIRECT: target(),
  PASSWORD_RESET_REDIRECT: target(),
  EMAIL_LINK_CONFIRMATION: oneOf(['direct', 'button']),
  EMAIL_CONFIRMATION_LIFETIME: duration({ minSeconds: 60 }),
  PASSWORD_RESET_LIFETIME: duration({ minSeconds: 60 }),
  PREVENT_ENUMERATION: flag(),
  PASSWORD_RESET_COOKIE_HTTP_ONLY: flag(),
  PASSWORD_RESET_COOKIE_SECURE: flag(),
  PASSWORD_RESET_COOKIE_SAME_SITE: words({ lax: 'Lax', strict: 'Strict', none: 'None' }),
  PASSWORD_RESET_COOKIE_MAX_AGE: integer({ min: 60, max: 86_400 }),
}

/** The settings of {@link linkVariables}, with their defaults. */
export function linkConfig(env: SettingsOf<typeof linkVariables>, production: boolean) {
  const resetCookie: ResetCookie = {
    httpOnly: env.PASSWORD_RESET_COOKIE_HTTP_ONLY ?? true,
    secure: env.PASSWORD_RESET_COOKIE_SECURE ?? production,
    sameSite: env.PASSWORD_RESET_COOKIE_SAME_SITE ?? 'Lax',
    maxAgeSeconds: env.PASSWORD_RESET_COOKIE_MAX_AGE ?? defaults.openedLinkLifetimeSeconds,
  }
  return {
    emailVerification: env.EMAIL_VERIFICATION ?? defaults.emailVerification,
    /** Null means the built-in page. */
    emailVerifiedRedirect: env.EMAIL_VERIFIED_REDIRECT ?? null,
    passwordResetRedirect: env.PASSWORD_RESET_REDIRECT ?? null,
    emailLinkButton: env.EMAIL_LINK_CONFIRMATION === 'button',
    emailConfirmationLifetimeSeconds:
      env.EMAIL_CONFIRMATION_LIFETIME ?? defaults.emailConfirmationLifetimeSeconds,
    passwordResetLifetimeSeconds: env.PASSWORD_RESET_LIFETIME ?? defaults.passwordResetLifetimeSeconds,
    preventEnumeration: env.PREVENT_ENUMERATION ?? defaults.preventEnumeration,
    resetCookie,
    openedLinkLifetimeSeconds: resetCookie.maxAgeSeconds,
  }
}

/** Where a link leads on: a page of the operator's. It is fixed here, so nothing a caller sends can change it. */
function target() {
  return setting({
    expected: 'a URL such as https://app.example.com/welcome, or a path that begins with a single /',
    read: (text) => {
      if (/^\/(?![/\\])[^\s\\]*$/.test(text)) return text
      const url = URL.canParse(text) ? new URL(text) : null
      return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined
    },
  })
}
