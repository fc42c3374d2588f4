import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAIL_PUBLIC_URL as publicUrl, resetMail, signUpMail } from '../../../tests/support/test-mails.ts'
import { createComposer, prepareMail } from './compose-mail.ts'
import {
  type ListType,
  MAIL_KINDS,
  MAIL_VARIABLES,
  type MailKind,
  type MailRequest,
  type VariableType,
} from './mail-kinds.ts'
import { BUILT_TEMPLATES, buildTemplates } from './templates/build-templates.ts'

async function composeWith(templatesDir: string | null) {
  const composer = await createComposer({ templatesDir })
  return (request: MailRequest) => composer(prepareMail(request, publicUrl))
}

const compose = await composeWith(null)

type Types = Record<string, VariableType | ListType>

/** Makes the values of a mail, in which every value can be recognised. A list has two entries. */
function sampleValues(types: Types, mark = ''): Record<string, unknown> {
  const entries = Object.entries(types).map(([name, type]) => {
    const value = name + mark
    if (typeof type === 'object') return [name, [sampleValues(type, '-1'), sampleValues(type, '-2')]]
    return [
      name,
      type === 'link'
        ? `${publicUrl}/${value}/`
        : type === 'address'
          ? `${value}@example.com`
          : `some ${value}`,
    ]
  })
  return Object.fromEntries(entries)
}

function sampleMail(kind: MailKind): MailRequest {
  return {
    kind,
    to: 'ada@example.com',
    variables: sampleValues(MAIL_VARIABLES[kind]),
  } as unknown as MailRequest
}

/** Lists every value of a sample, also those in its lists. */
function listValues(values: Record<string, unknown>): string[] {
  return Object.values(values).flatMap((value) =>
    Array.isArray(value) ? value.flatMap(listValues) : [String(value)],
  )
}

/** Returns the text that a reader sees of HTML. */
function read(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x2F;/g, '/')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
}

describe.each(MAIL_KINDS)('the mail %s', (kind) => {
  test('shows no address of which a mail program could make a link to another site', async () => {
    const email = 'ada+www.evil.example/win?now=1#x@example.com'
    const variables: Types = MAIL_VARIABLES[kind]
    const addresses = Object.keys(variables).filter((name) => variables[name] === 'address')
    const mail = sampleMail(kind)
    const values = Object.fromEntries(addresses.map((name) => [name, email]))
    const { text, html } = compose({ ...mail, variables: { ...mail.variables, ...values } } as MailRequest)
    for (const part of [text, read(html)]) {
      expect(part).toContain('ada+www.evil.example…win…now…1…x@example.com')
      expect(part).not.toContain('evil.example/')
    }
  })
})

test('the committed templates are what `pnpm mail-templates` builds from the sources', async () => {
  expect(await readFile(BUILT_TEMPLATES, 'utf8')).toBe(await buildTemplates())
})

describe.each(MAIL_KINDS)('a mail of kind %s', (kind) => {
  const mail = compose(sampleMail(kind))

  test('shows every value in both parts, and the URL of its link as text', () => {
    for (const value of listValues(sampleMail(kind).variables)) {
      expect(mail.text).toContain(value)
      expect(read(mail.html)).toContain(value)
      if (value.startsWith(publicUrl))
        expect(mail.html).toContain(`href="${value.replaceAll('/', '&#x2F;')}"`)
    }
    expect(mail.text).toMatch(/Was it not you[?,]/)
  })

  test('has the same paragraphs in both parts', () => {
    const html = read(mail.html)
    const paragraphs = mail.text
      .split('\n\n')
      .filter((text) => !text.includes('://') && !text.startsWith('--'))
    for (const paragraph of paragraphs) expect(html).toContain(paragraph.trim())
  })

  test('loads nothing from the network, and supports dark mode', () => {
    expect(mail.html).not.toMatch(/<img|<script|<link|@import|url\(|src=/)
    expect(mail.html).toContain('prefers-color-scheme: dark')
    expect(mail.html).not.toContain('{{')
  })
})

describe('an address that a stranger wrote', () => {
  const shownAs = (address: string) => compose(signUpMail(address))

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
    expect(shownAs(address).text).toContain(`with the address ${shown}.`)
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
    expect(() => compose({ ...mail, variables: { ...mail.variables, link } })).toThrow('PUBLIC_URL')
  })
})

describe('templates of the operator', () => {
  let templatesDir: string
  beforeEach(async () => {
    templatesDir = await mkdtemp(join(tmpdir(), 'latchkey-templates-'))
  })
  afterEach(() => rm(templatesDir, { recursive: true }))

  const write = (files: Record<string, string>) =>
    Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(templatesDir, name), text)))

  test('replace the built-in templates, part by part', async () => {
    await write({
      'reset-password.subject.txt': 'Hallo\n{{email}}\n',
      'reset-password.html': '<p>{{#lifetime}}{{link}}{{/lifetime}}</p>',
      '.DS_Store': '',
    })
    const own = await composeWith(templatesDir)
    const mail = own(resetMail('ada@example.com', 'x'))
    expect(mail.subject).toBe('Hallo ada@example.com')
    expect(mail.html).toContain('&#x2F;reset&#x2F;confirm')
    expect(mail.text).toBe(compose(resetMail('ada@example.com', 'x')).text)
  })

  test('are checked at the start, and the error lists every mistake with its file', async () => {
    await write({
      'reset-password.txt': 'Hello {{emial}}',
      'reset-password.subject.txt': 'Open {{link}}',
      'confirm-registration.html': '<p>{{{requestedAt}}} {{&email}} {{link}}</p>',
      'confirm-registration.txt': '{{name}} {{link}}',
      'verify-email.txt': '{{#link}} never closed',
      'verify-email.html': '{{>header}} {{link}}',
      'password-changed.txt': ' ',
      'pending-sign-ups.txt': '{{#signUps}}{{requestedAt}} {{nothing}}{{/signUps}}',
      'pasword-changed.txt': 'x',
      'README.md': 'x',
    })
    await mkdir(join(templatesDir, 'account-exists.html'))
    const mistakes = await createComposer({ templatesDir }).then(
      () => '',
      (error: Error) => error.message,
    )
    for (const [file, mistake] of [
      ['reset-password.txt', 'unknown variable {{emial}}'],
      ['reset-password.txt', '{{link}} is missing'],
      ['reset-password.subject.txt', '{{link}} is a secret'],
      ['confirm-registration.html', '{{{requestedAt}}} is not escaped'],
      ['confirm-registration.txt', 'unknown variable {{name}}'],
      ['confirm-registration.html', '{{{email}}} is not escaped'],
      ['verify-email.txt', 'Unclosed section'],
      ['verify-email.html', '{{>header}}: there are no partials'],
      ['password-changed.txt', 'it is empty'],
      ['pending-sign-ups.txt', 'unknown variable {{nothing}}'],
      ['pending-sign-ups.txt', '{{link}} is missing'],
      ['pasword-changed.txt', 'there is no mail of this name'],
      ['README.md', 'there is no mail of this name'],
      ['account-exists.html', 'EISDIR'],
    ]) {
      expect(mistakes).toContain(`- ${file}: ${mistake}`)
    }
  })

  test('in a folder that cannot be read stop the start', async () => {
    const missing = join(templatesDir, 'missing')
    await expect(createComposer({ templatesDir: missing })).rejects.toThrow('ENOENT')
  })
})
