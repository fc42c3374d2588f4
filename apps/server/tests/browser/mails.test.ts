import { DEFAULT_BRAND } from '@latchkey/contract'
import { MAIL_KINDS, type MailKind, previewMail } from '@latchkey/core'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openWatchedPage } from './browser.ts'

const PUBLIC_URL = 'https://auth.example.com'
const LOGO_URL = `${PUBLIC_URL}/assets/logo.png`
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p9Z6cQAAAABJRU5ErkJggg==',
  'base64',
)
const BRAND = {
  ...DEFAULT_BRAND,
  color: '#7a1fa2',
  logoUrl: LOGO_URL,
  supportUrl: 'https://example.com/help',
}
const PAGES = { signIn: PUBLIC_URL, forgotPassword: `${PUBLIC_URL}/account/forgot-password` }

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Shows a mail as a mail program does: its HTML, on a page of no site. */
async function show(page: Page, kind: MailKind, language: string | null): Promise<void> {
  const site = { publicUrl: PUBLIC_URL, brand: BRAND, pages: PAGES }
  const mail = await previewMail(kind, { ...site, templatesDir: null, defaultLanguage: 'en', language })
  await page.setContent(mail.html)
}

/** These have every block of the layout between them. */
const TYPICAL: MailKind[] = ['account-exists', 'pending-sign-ups']

// The pseudo-locales are long and mirrored.
it.each([
  ['every mail', 'en', 'light', MAIL_KINDS],
  ['every mail', 'en', 'dark', MAIL_KINDS],
  ['a typical mail', 'en-XA', 'light', TYPICAL],
  ['a typical mail', 'ar-XB', 'dark', TYPICAL],
] as const)(
  '%s in %s and the %s theme is accessible on a phone, and loads only the logo',
  async (_, language, colorScheme, kinds) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } })
    await context.route('**/*', (route) =>
      route.request().url() === LOGO_URL
        ? route.fulfill({ body: PIXEL, contentType: 'image/png' })
        : route.abort(),
    )
    const { page, expectNoComplaint } = await openWatchedPage(context, PUBLIC_URL)
    for (const kind of kinds) {
      await show(page, kind, language)
      await expectAccessible(page, { isMail: true })
      expect(await page.getByRole('img').getAttribute('alt')).toBe(BRAND.name)
    }
    expectNoComplaint()
    await context.close()
  },
)
