import { DEFAULT_BRAND } from '@latchkey/contract'
import { MAIL_KINDS, previewMail } from '@latchkey/core'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { readPassedOn } from '../src/options.ts'
import { forEachLook, photograph } from '../src/photographer.ts'

const options = readPassedOn()
const SERVER = {
  publicUrl: 'https://auth.example.com',
  brand: { ...DEFAULT_BRAND, supportUrl: 'https://example.com/help' },
  pages: {
    signIn: 'https://auth.example.com/account/sign-in',
    forgotPassword: 'https://auth.example.com/account/forgot-password',
  },
  templatesDir: null,
  defaultLanguage: 'en',
} as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('photographs both parts of every mail', async () => {
  await forEachLook('mails', options, async (look) => {
    const context = await browser.newContext({ colorScheme: look.theme })
    const page = await context.newPage()
    for (const kind of MAIL_KINDS) {
      const mail = await previewMail(kind, { ...SERVER, language: look.language })
      await page.setContent(mail.html)
      await photograph(page, kind, { look, options })
      await page.setContent(showText(mail))
      await photograph(page, `${kind}, text`, { look, options })
    }
    await context.close()
  })
})

/** Shows the plain text as a mail program does, which knows no language and finds the direction of each paragraph. */
function showText({ language, subject, text }: { language: string; subject: string; text: string }): string {
  const escapeText = (words: string) => words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width">
<title>${escapeText(subject)}</title><style>:root { color-scheme: light dark }
body { margin: 1rem } pre { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext }</style>
<main><h1 dir="auto">${escapeText(subject)}</h1><pre>${escapeText(text)}</pre></main></html>`
}
