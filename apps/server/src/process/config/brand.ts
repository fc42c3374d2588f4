import {
  type Brand,
  DEFAULT_BRAND,
  DEFAULT_COLOR,
  darkenFor,
  measureContrast,
  TEXT_CONTRAST,
} from '@latchkey/contract'
import { isThisMachine } from '../../doors/http/this-machine.ts'
import { MAX_LOGO_BYTES, readLogo } from './logo.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

const MAX_NAME_CHARACTERS = 64
const WHITE = '#ffffff'
/**
 * A line break, or the mark of an encoded word, which the header of a mail cannot hold. A hidden mark that turns the
 * direction, which a copied name may have: it would turn the rest of each sentence too. Or nothing that can be seen.
 */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|=\?.*\?=|^[\p{Cf}\p{Z}]*$/u

export const brandVariables = {
  APP_NAME: documented(
    setting({
      expected: `a name of at most ${MAX_NAME_CHARACTERS} characters in one line, without hidden marks that turn the direction`,
      read: (text) =>
        Array.from(text).length <= MAX_NAME_CHARACTERS && !UNFIT.test(text) ? text : undefined,
    }),
    {
      default: '`Latchkey` on this machine, else the host of `PUBLIC_URL`',
      meaning: 'the name of your service in pages, in the portal and in mails',
    },
  ),
  APP_LOGO: documented(
    setting({
      expected: 'the path of a picture, or its URL below the origin of PUBLIC_URL',
      // findBrandFaults says what is wrong with the picture.
      read: (text) => (text.includes('\0') ? undefined : text),
    }),
    {
      default: 'the mark of Latchkey',
      meaning: `your logo: a file (SVG, PNG, WebP or JPEG of at most ${MAX_LOGO_BYTES / 1024} KiB), or a URL of the origin of \`PUBLIC_URL\``,
    },
  ),
  APP_COLOR: documented(setting({ expected: 'a colour such as #0d6157 or 06c', read: readColor }), {
    default: `\`${DEFAULT_COLOR}\``,
    meaning: `the colour of links and buttons; at least ${TEXT_CONTRAST}:1 against white. The dark theme gets a brighter one of the same hue`,
  }),
  APP_URL: documented(
    setting({
      expected: 'a URL of http or https such as https://app.example.com, without a user',
      read: (text) => readUrl(text, ['https:', 'http:']),
    }),
    { default: '–', meaning: 'the app that pages and mails lead back to' },
  ),
  SUPPORT_URL: documented(
    setting({
      expected: 'an address such as https://example.com/help or mailto:help@example.com',
      read: (text) => readUrl(text, ['https:', 'mailto:']),
    }),
    {
      default: '–',
      meaning: 'where users get help, in pages, in the portal and in mails: `https:` or `mailto:`',
    },
  ),
}

/** The settings of {@link brandVariables}, with their defaults. */
export function brandConfig(env: SettingsOf<typeof brandVariables>, publicUrl: string) {
  const { hostname, host } = new URL(publicUrl)
  const logo = env.APP_LOGO === undefined ? null : readLogo(env.APP_LOGO, publicUrl)
  const file = logo && 'file' in logo ? logo.file : null
  const brand: Brand = {
    name: env.APP_NAME ?? (isThisMachine(hostname) ? DEFAULT_BRAND.name : host),
    logoUrl: file ? publicUrl + file.path : logo && 'url' in logo ? logo.url : null,
    color: env.APP_COLOR ?? DEFAULT_COLOR,
    supportUrl: env.SUPPORT_URL ?? null,
    appUrl: env.APP_URL ?? null,
  }
  return {
    brand,
    /** The file of the logo, which the server serves; null when there is none. */
    logo: file,
    logoFault: logo && 'fault' in logo ? logo.fault : null,
  }
}

/** Finds a logo that cannot be shown, and a colour that cannot be read. Each sentence begins with a name. */
export function findBrandFaults({
  brand,
  logoFault,
}: Pick<ReturnType<typeof brandConfig>, 'brand' | 'logoFault'>): string[] {
  const faults = logoFault === null ? [] : [`APP_LOGO ${logoFault}`]
  const contrast = measureContrast(brand.color, WHITE)
  if (contrast >= TEXT_CONTRAST) return faults
  // Rounded down, because 4.49 is not 4.5.
  const found = Math.floor(contrast * 100) / 100
  const other = darkenFor(brand.color, [WHITE])
  return [
    ...faults,
    `APP_COLOR has a contrast of ${found}:1 against white, and text needs ${TEXT_CONTRAST}:1; ${other} is the same hue and dark enough`,
  ]
}

function readColor(text: string): string | undefined {
  // Many readers of files with variables take what follows a # for a comment.
  const [, digits] = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(text) ?? []
  if (digits === undefined) return undefined
  const long = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits
  return `#${long.toLowerCase()}`
}

function readUrl(text: string, protocols: readonly string[]): string | undefined {
  const url = /[\s<>"]/.test(text) ? null : URL.parse(text)
  if (!url || !protocols.includes(url.protocol) || url.username || url.password) return undefined
  return url.protocol === 'mailto:' && !/^[^@?]+@[^@?]+(?:\?|$)/.test(url.pathname + url.search)
    ? undefined
    : url.href
}
