import { readFile } from 'node:fs/promises'
import { LANGUAGES, PSEUDO_LANGUAGES } from '@latchkey/languages'
import { describe, expect, test } from 'vitest'
import {
  MAIL_SITE,
  MAIL_PUBLIC_URL as publicUrl,
  resetMail,
  signUpMail,
} from '../../../tests/support/test-mails.ts'
import { type ComposerOptions, createComposer, prepareMail } from './compose-mail.ts'
import { makeExampleMail } from './example-mail.ts'
import { MAIL_KINDS, MAIL_VARIABLES, type MailKind, type MailRequest } from './mail-kinds.ts'
import { BUILT_LAYOUT, buildLayout } from './templates/build-layout.ts'

const BRAND = {
  name: 'Ada & Söhne',
  logoUrl: `${publicUrl}/assets/logo.png`,
  color: '#7a1fa2',
  supportUrl: 'https://ada.example/help?from=mail&x=1',
  appUrl: 'https://app.ada.example/',
}
const PAGES = { signIn: 'https://app.ada.example/', forgotPassword: `${publicUrl}/account/forgot-password` }

async function composeWith(options: Partial<ComposerOptions> = {}) {
  const composer = await createComposer({ ...MAIL_SITE, ...options })
  return (request: MailRequest) => composer(prepareMail(request, publicUrl))
}

const plain = await composeWith()
const branded = await composeWith({ brand: BRAND, pages: PAGES })

/** Returns the text that a reader sees of HTML. */
function read(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>|<title>.*?<\/title>|<!--[\s\S]*?-->/g, '')
    .replace(/<\/?(?:span|a)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\dA-F]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

/** The words of a text, without the marks of direction that only plain text needs. */
const words = (text: string) =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The sentences of ours for the changes of the examples. */
const CHANGES: Partial<Record<MailKind, string>> = {
  'second-factor-changed': 'An authenticator app was set up.',
  'connection-changed': 'Google was connected to your account.',
}

/** The values as a reader sees them: a change is a sentence of ours. */
function describeChange(kind: MailKind, variables: object): object {
  return 'change' in variables ? { ...variables, change: CHANGES[kind] } : variables
}

const EVERY_LANGUAGE = [...LANGUAGES, ...PSEUDO_LANGUAGES]

describe.each(EVERY_LANGUAGE.map(({ tag, direction }) => [tag, direction] as const))(
  'every mail in %s',
  (language, wanted) => {
    const mails = MAIL_KINDS.map((kind) => branded(makeExampleMail(kind, { publicUrl, language })))

    test('says the same in both parts', () => {
      for (const { text, html } of mails) {
        const shown = words(read(html))
        const paragraphs = text.split('\n\n').filter((one) => !/:\/\/|^-- $/m.test(one))
        expect(paragraphs.length).toBeGreaterThan(2)
        for (const paragraph of paragraphs) expect(shown).toContain(words(paragraph))
      }
    })

    test('has no place that was not filled, and no text that is missing', () => {
      for (const { subject, text, html } of mails) {
        for (const part of [subject, text, html]) {
          expect(part).not.toMatch(/\{\{|\[\[\w+\]\]|\b(?:undefined|null)\b/)
          expect(part).not.toMatch(/\b[a-z]+[A-Z]\w*\.[a-z]|(?:common|origin|invitation)\.[a-z]/)
        }
      }
    })

    test('names its language and direction, and is mirrored where the language is', () => {
      for (const mail of mails) {
        const direction = mail.language === language ? wanted : 'ltr'
        const [side, other] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right']
        expect(mail.html).toContain(`<html lang="${mail.language}" dir="${direction}"`)
        expect(mail.html).toContain(`role="article" lang="${mail.language}" dir="${direction}"`)
        expect(mail.html).toContain(`text-align:${side}`)
        expect(mail.html).not.toMatch(new RegExp(`(text-align:|align=")${other}`))
        expect(mail.html).not.toContain(direction === 'rtl' ? 'direction:ltr' : 'direction:rtl')
      }
    })
  },
)

describe.each(MAIL_KINDS)('the mail %s', (kind) => {
  const mail = branded(makeExampleMail(kind, { publicUrl, language: null }))
  const { text, html } = mail

  test('has the name, the logo, the colour and the help of the operator', () => {
    expect(mail.subject + text).toContain('Ada & Söhne')
    expect(html).toContain('alt="Ada &amp; Söhne"')
    expect(html).toContain('#7a1fa2')
    expect(text).toContain('Contact support: https://ada.example/help?from=mail&x=1')
    expect(html).toContain('href="https:&#x2F;&#x2F;ada.example&#x2F;help?from&#x3D;mail&amp;x&#x3D;1"')
    expect(text + html).not.toContain('Latchkey')
  })

  test('loads nothing but the logo of the own origin, and without a logo shows the name', () => {
    const sources = [...html.matchAll(/\bsrc="([^"]*)"/g)].map(([, source]) =>
      source?.replaceAll('&#x2F;', '/'),
    )
    expect(sources).toEqual([BRAND.logoUrl])
    expect(html).not.toMatch(/<script|<link|@import|url\(|@font-face/)
    const { html: bare } = plain(makeExampleMail(kind, { publicUrl, language: null }))
    expect(bare).not.toMatch(/<img|\bsrc=/)
    expect(bare).toContain('<span dir="auto">Latchkey</span>')
  })

  test('has a dark theme, tables for lay-out alone, one heading, and a preview that repeats no sentence', () => {
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).toContain('[data-ogsc]')
    for (const [table] of html.matchAll(/<table[^>]*>/g)) expect(table).toContain('role="presentation"')
    expect(html.match(/<h1/g)).toHaveLength(1)
    const preview = /opacity:0;overflow:hidden;">(.*?)&#847;/s.exec(html)?.[1] ?? ''
    expect(preview.length).toBeGreaterThan(10)
    expect(words(text)).not.toContain(words(preview))
  })

  test('shows every value, and the address of each link as text', () => {
    const { variables } = makeExampleMail(kind, { publicUrl, language: null })
    for (const value of listValues(describeChange(kind, variables))) {
      expect(text).toContain(value)
      expect(read(html)).toContain(value)
    }
    const links = listValues(variables).filter((value) => value.includes('://'))
    for (const link of links) {
      expect(html).toContain(`href="${link.replaceAll('/', '&#x2F;')}"`)
      expect(text).toContain(`\n${link}\n`)
    }
  })

  test('says what to do about something that was somebody else or a mistake', () => {
    expect(text).toMatch(/If this was not you|If you did not (expect|ask)|this is a mistake/)
  })

  test('shows no address of which a mail program could make a link to another site', async () => {
    const email = 'ada+www.evil.example/win?now=1#x@example.com'
    const example = makeExampleMail(kind, { publicUrl, language: null })
    const variables = Object.entries(example.variables).map(([name, value]) => [
      name,
      ['email', 'newEmail'].includes(name) ? email : value,
    ])
    const evil = plain({ ...example, variables: Object.fromEntries(variables) } as MailRequest)
    for (const part of [evil.text, read(evil.html)]) {
      expect(part).toContain('ada+www.evil.example…win…now…1…x@example.com')
      expect(part).not.toContain('evil.example/')
    }
  })
})

/** Lists the texts among the values of a mail, also those in its lists. */
function listValues(values: unknown): string[] {
  if (typeof values === 'string') return [values]
  return typeof values === 'object' && values !== null ? Object.values(values).flatMap(listValues) : []
}

describe('a mail in another language', () => {
  test('has its times, durations and devices in that language', () => {
    const mail = plain(makeExampleMail('pending-sign-ups', { publicUrl, language: 'en' }))
    expect(mail.text).toContain('November 22, 2025 at 7:29 PM UTC')
    expect(mail.text).toContain('Firefox on Windows, network 192.0.2.0/24')
    expect(mail.text).toContain('an unknown device, network 2001:db8::/48')
    expect(plain(resetMail('ada@example.com', 'x')).text).toContain('works for 1 hour')
  })

  test('of a recipient without a language, or with one that is gone, is in the default language', async () => {
    const compose = await composeWith({ defaultLanguage: 'en-XA' })
    for (const language of [null, 'xx', 'tlh-Latn', '%', 'x'.repeat(10_000)]) {
      expect(compose({ ...resetMail('ada@example.com', 'x'), language }).language).toBe('en-XA')
    }
    expect(compose({ ...resetMail('ada@example.com', 'x'), language: 'en-GB' }).language).toBe('en')
  })
})

test('an origin in a mail from right to left runs in the direction of the mail, with each foreign part by itself', () => {
  const { text, html } = plain(makeExampleMail('pending-sign-ups', { publicUrl, language: 'ar' }))
  const networks = ['192.0.2.0/24', '2001:db8::/48'].map((network) => `الشبكة \u2068${network}\u2069.`)
  for (const shown of ['\u2068Firefox\u2069 على \u2068Windows\u2069، ', ...networks]) {
    expect(text).toContain(shown)
    expect(html.replaceAll('&#x2F;', '/')).toContain(shown)
  }
})

describe('a server without a portal, an app and a page for help', () => {
  test.each(MAIL_KINDS)('has no link without an address in the mail %s', (kind) => {
    const { text, html } = plain(makeExampleMail(kind, { publicUrl, language: null }))
    expect(text).not.toMatch(/:\s*\n\s*\n/)
    expect(html).not.toContain('href=""')
    expect(text).not.toContain('\n\n\n')
  })
})

test('a logo that mail programs do not show is left out for the name', async () => {
  const compose = await composeWith({ brand: { ...BRAND, logoUrl: `${publicUrl}/assets/logo.svg` } })
  expect(compose(resetMail('ada@example.com', 'x')).html).not.toContain('<img')
})

test('the committed layout is what `pnpm mail-layout` builds from its source', async () => {
  expect(await readFile(BUILT_LAYOUT, 'utf8')).toBe(await buildLayout())
})

test('no kind has a variable for a text of other people', () => {
  const types = new Set(Object.values(MAIL_VARIABLES).flatMap(listValues))
  expect([...types].sort()).toEqual([
    'address',
    'connectionChange',
    'duration',
    'factorChange',
    'hidableAddress',
    'link',
    'origin',
    'providers',
    'time',
  ])
})

describe('an address that a stranger wrote', () => {
  const shownAs = (address: string) => plain(signUpMail(address))

  test('is escaped in HTML', () => {
    const mail = shownAs(`<b onclick="x()">'&{{link}}`)
    expect(mail.html).not.toContain('<b onclick')
    expect(mail.html).toContain('&lt;b onclick&#x3D;&quot;x()&quot;&gt;&#39;&amp;{{link}}')
  })

  test.each([
    ['ada@example.com\r\nBcc: eve@example.com', 'ada@example.com Bcc… eve@example.com'],
    ['\u202eada@example.com\u200b', 'ada@example.com'],
    [`${'😀'.repeat(300)}`, `${'😀'.repeat(253)}…`],
  ])('is shown as one short line: %j', (address, shown) => {
    expect(shownAs(address).text).toContain(`with the address ${shown} on`)
  })
})

describe('a link', () => {
  test.each([
    'https://evil.example/',
    'https://auth.example.com.evil.example/x',
    'https://auth.example.com@evil.example/x',
    'javascript:alert(1)',
    '',
  ])('outside of PUBLIC_URL is refused: %j', (link) => {
    const mail = resetMail('ada@example.com', 'x') as Extract<MailRequest, { kind: 'reset-password' }>
    expect(() => plain({ ...mail, variables: { ...mail.variables, link } })).toThrow('PUBLIC_URL')
  })
})

describe('a mail that a former release queued', () => {
  test('is sent with the English texts that it has, in the default language', async () => {
    const composer = await createComposer(MAIL_SITE)
    const { language, ...former } = prepareMail(resetMail('ada@example.com', 'x'), publicUrl)
    const view = {
      ...former.view,
      site: 'auth.example.com',
      publicUrl,
      lifetime: '1 hour',
      requestedAt: '22 November 2025 at 19:29 UTC',
    }
    const mail = composer({ ...former, view })
    expect(language).toBeNull()
    expect(mail.text).toContain('asked on 22 November 2025 at 19:29 UTC for a new password')
    expect(mail.text).toContain('works for 1 hour')
  })

  test('has no sentence about a value that it lacks: the notice of a taken address had no lifetime', async () => {
    const composer = await createComposer(MAIL_SITE)
    const example = makeExampleMail('account-exists', { publicUrl, language: null })
    const { language: _, ...former } = prepareMail(example, publicUrl)
    const { lifetime, ...view } = former.view
    expect(composer({ ...former, view: { ...view, lifetime } }).text).toContain('works for 1 hour and')
    const { text, html } = composer({ ...former, view })
    for (const part of [text, html]) expect(part).not.toContain('works for')
    expect(text).not.toContain('\n\n\n')
  })
})

test.each(MAIL_KINDS)('the example of %s has every variable of its kind', (kind: MailKind) => {
  const { variables } = makeExampleMail(kind, { publicUrl, language: null })
  expect(Object.keys(variables)).toEqual(Object.keys(MAIL_VARIABLES[kind]))
})
