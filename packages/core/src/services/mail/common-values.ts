import { type Brand, describeColors } from '../../words/contract.ts'
import type { MailTranslator } from './translator.ts'

/** Where a person acts on its account, as far as this deployment has such a page. */
export interface AccountPages {
  signIn: string | null
  forgotPassword: string | null
}

/** What every mail of a server has in common. */
export interface MailSite {
  publicUrl: string
  brand: Brand
  pages: AccountPages
}

/** The variables of every template, beside those of its kind. All come from the settings. */
export const COMMON_VARIABLES = {
  appName: 'the name of the service (`APP_NAME`)',
  appUrl: 'the app (`APP_URL`), or empty',
  site: 'the host of the server',
  publicUrl: 'the address of the server (`PUBLIC_URL`)',
  supportUrl: 'where users get help (`SUPPORT_URL`), or empty',
  signInUrl: 'the page to sign in, or empty',
  forgotPasswordUrl: 'the page to ask for a new password, or empty',
  logoUrl: 'the logo (`APP_LOGO`), or empty',
  language: 'the language of the mail: `en`',
  direction: 'the direction of this language: `ltr` or `rtl`',
  accent: 'the colour of buttons and links (`APP_COLOR`)',
  onAccent: 'the colour of text on a button',
  darkAccent: 'the same for the dark theme',
  onDarkAccent: 'the same for the dark theme',
} as const

/** Most mail programs show no SVG. The name of the service then stands in its place. */
const UNSHOWN_LOGO = /\.svg(?:[?#]|$)/i

/** Describes the values of {@link COMMON_VARIABLES}. An empty value is false in a section of mustache. */
export function describeCommon(
  { publicUrl, brand, pages }: MailSite,
  t: MailTranslator,
): Record<keyof typeof COMMON_VARIABLES, string> {
  const { light, dark } = describeColors(brand.color)
  const logoUrl = brand.logoUrl !== null && !UNSHOWN_LOGO.test(brand.logoUrl) ? brand.logoUrl : ''
  return {
    appName: brand.name,
    appUrl: brand.appUrl ?? '',
    site: new URL(publicUrl).host,
    publicUrl,
    supportUrl: brand.supportUrl ?? '',
    signInUrl: pages.signIn ?? '',
    forgotPasswordUrl: pages.forgotPassword ?? '',
    logoUrl,
    language: t.language,
    direction: t.direction,
    accent: light.accent,
    onAccent: light.onAccent,
    darkAccent: dark.accent,
    onDarkAccent: dark.onAccent,
  }
}
