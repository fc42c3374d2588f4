import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { latchkey, readSnippets, readVariables, type Snippets } from '../src/deployment.ts'
import { readBlocks } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'

let page: Snippets
let settings: Record<string, string>
beforeAll(async () => {
  page = await readSnippets('your-name-on-it')
  const [brand] = (await readBlocks('your-name-on-it')).filter(({ language }) => language === 'ini')
  const logo = await page.write('logo.svg', LOGO)
  settings = {
    ...readVariables((brand?.code ?? '').replace('/etc/latchkey/logo.svg', logo)),
    SECRET_KEY: 'x'.repeat(40),
    PUBLIC_URL: 'https://auth.example.com',
  }
  noteRun(brand?.id ?? '')
})
afterAll(() => page?.close())

it('the settings of the page put the name, the colour and the address of help into a mail', async () => {
  const { code, output } = await latchkey(['mail', 'preview', 'reset-password'], settings)
  expect(code).toBe(0)
  for (const text of ['Orchard', '#6d28d9', 'mailto:help@example.com']) expect(output).toContain(text)
})

it('the template of the page is the text of an invitation', async () => {
  const [template] = (await readBlocks('mails')).filter(({ language }) => language === 'mustache')
  const folder = join(page.folder, 'mails')
  await mkdir(folder)
  await writeFile(join(folder, 'invitation.txt'), template?.code ?? '')
  const own = { ...settings, MAIL_TEMPLATES_DIR: folder }
  const { code, output } = await latchkey(['mail', 'preview', 'invitation', '--text'], own)
  expect(code).toBe(0)
  expect(output).toContain('Welcome to Orchard!\n\nWe made an account for you with the address ')
  expect(output).toContain('Questions? mailto:help@example.com')
  noteRun(template?.id ?? '')
})

it('every block for this test was run', () => expectRun('your-name.test.ts'))
