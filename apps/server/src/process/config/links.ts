import { hasSoundPlaces, holdsToken, readLandingEntry } from '@latchkey/contract'
import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import type { ResetCookie } from '../../doors/http/cookies.ts'
import { duration, flag, integer, oneOf, splitWords, words } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const linkVariables = {
  EMAIL_VERIFICATION: documented(
    words({
      none: 'none',
      false: 'none',
      optional: 'optional',
      mandatory: 'mandatory',
      true: 'mandatory',
    }),
    {
      default: '`none`',
      meaning:
        '`none`, `optional` or `mandatory` (no account before the mailed link was followed; [earlier users wait for the verification](decisions/093-a-session-waits-for-the-verification.md))',
    },
  ),
  EMAIL_VERIFIED_REDIRECT: documented(target(), {
    default: 'the portal, else a built-in page',
    meaning:
      'where a link that confirms an address leads on to: a URL or a path of yours. With [`{token}`](guides/password-reset.md) behind the `#` your page confirms the address by itself',
  }),
  PASSWORD_RESET_REDIRECT: documented(target(), {
    default: 'the portal, else built-in pages',
    meaning:
      'where a reset link leads on to: a URL or a path of yours. A form on another site needs [`{token}`](guides/password-reset.md) behind the `#`',
  }),
  REDIRECT_URLS: documented(landings(), {
    default: '–',
    meaning:
      'addresses that a call may name with `redirect_to`, so that its mailed link leads to one of several apps, separated by commas. `https://app.example.com/welcome` is this page, `https://app.example.com/app/` all pages below it, and an address with `#…{token}` exactly itself',
  }),
  EMAIL_LINK_CONFIRMATION: documented(oneOf(['direct', 'button']), {
    default: '`direct`',
    meaning:
      '`button`: the link shows a page whose button confirms, for mailboxes whose scanners follow links',
  }),
  EMAIL_CONFIRMATION_LIFETIME: documented(duration({ minSeconds: 60 }), {
    default: '`3d`',
    meaning: 'how long a link that confirms an address works',
  }),
  PASSWORD_RESET_LIFETIME: documented(duration({ minSeconds: 60 }), {
    default: '`1h`',
    meaning: 'how long a reset link works',
  }),
  INVITATION_LIFETIME: documented(duration({ minSeconds: 60 }), {
    default: '`3d`',
    meaning: 'how long the link of an invitation works, by which a person chooses the first password',
  }),
  PASSWORD_RESET_COOKIE_HTTP_ONLY: documented(flag(), {
    default: '`true`',
    meaning: 'whether the cookie of an opened reset link is out of reach of scripts',
  }),
  PASSWORD_RESET_COOKIE_SECURE: documented(flag(), {
    default: '`true` in production and with `COOKIE_PREFIX`',
    meaning: 'whether browsers send that cookie over https alone',
  }),
  PASSWORD_RESET_COOKIE_SAME_SITE: documented(words({ lax: 'Lax', strict: 'Strict', none: 'None' }), {
    default: '`Lax`',
    meaning: 'with `Strict` a link opened in a web mailbox leads to a form without its cookie',
  }),
  PASSWORD_RESET_COOKIE_MAX_AGE: documented(integer({ min: 60, max: 86_400 }), {
    default: '`3600`',
    meaning: 'how long that cookie works, in seconds',
  }),
}

/**
 * The settings of {@link linkVariables}, with their defaults.
 *
 * @param isSecure - whether cookies are Secure unless a setting says it
 */
export function linkConfig(env: SettingsOf<typeof linkVariables>, isSecure: boolean) {
  const resetCookie: ResetCookie = {
    httpOnly: env.PASSWORD_RESET_COOKIE_HTTP_ONLY ?? true,
    secure: env.PASSWORD_RESET_COOKIE_SECURE ?? isSecure,
    sameSite: env.PASSWORD_RESET_COOKIE_SAME_SITE ?? 'Lax',
    maxAgeSeconds: env.PASSWORD_RESET_COOKIE_MAX_AGE ?? defaults.openedLinkLifetimeSeconds,
  }
  return {
    emailVerification: env.EMAIL_VERIFICATION ?? defaults.emailVerification,
    /** Null means the built-in page. */
    emailVerifiedRedirect: env.EMAIL_VERIFIED_REDIRECT ?? null,
    passwordResetRedirect: env.PASSWORD_RESET_REDIRECT ?? null,
    redirectUrls: env.REDIRECT_URLS ?? [],
    emailLinkButton: env.EMAIL_LINK_CONFIRMATION === 'button',
    emailConfirmationLifetimeSeconds:
      env.EMAIL_CONFIRMATION_LIFETIME ?? defaults.emailConfirmationLifetimeSeconds,
    passwordResetLifetimeSeconds: env.PASSWORD_RESET_LIFETIME ?? defaults.passwordResetLifetimeSeconds,
    invitationLifetimeSeconds: env.INVITATION_LIFETIME ?? defaults.invitationLifetimeSeconds,
    resetCookie,
    openedLinkLifetimeSeconds: resetCookie.maxAgeSeconds,
  }
}

/** Finds a page that gets the keys of sign-ups and of changes of an address, and cannot tell one from the other. */
export function findLandingWarnings({
  emailVerifiedRedirect: page,
}: ReturnType<typeof linkConfig>): string[] {
  if (!page || !holdsToken(page) || page.includes('{purpose}')) return []
  return [
    'EMAIL_VERIFIED_REDIRECT has {token} without {purpose}: its page cannot know whether a link is of a sign-up or of a change of address; put {purpose} behind the # too',
  ]
}

/** The target of a link: a page of the operator. It comes from the configuration, so a caller cannot change it. */
function target() {
  return setting({
    expected:
      'a URL such as https://app.example.com/welcome, or a path that begins with a single /; {token} and {purpose} may stand behind its # only, because a query is logged',
    read: (text) => {
      if (!hasSoundPlaces(text)) return undefined
      if (/^\/(?![/\\])[^\s\\]*$/.test(text)) return text
      const url = URL.canParse(text) ? new URL(text) : null
      return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined
    },
  })
}

/** Addresses that callers may name. A caller can send everybody who gets a mail to one of these, and nowhere else. */
function landings() {
  return setting({
    expected:
      'URLs such as https://app.example.com/welcome or https://app.example.com/app/, separated by commas: https, or http on this machine, without a user and without *; {token} and {purpose} may stand behind the # only',
    read: (text) => {
      const found = splitWords(text).map(readLandingEntry)
      return found.every((one) => one !== null) ? found : undefined
    },
  })
}
