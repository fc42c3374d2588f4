import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPage } from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAIL_PUBLIC_URL, MAIL_SITE, resetMail } from '../../../tests/support/test-mails.ts'
import { createComposer, prepareMail } from './compose-mail.ts'
import { makeExampleMail } from './example-mail.ts'
import { ExistingFilesError, exportTemplates } from './export-templates.ts'
import { EXTENSIONS } from './load-templates.ts'
import { MAIL_KINDS, type MailRequest } from './mail-kinds.ts'
import { previewMail } from './preview-mail.ts'

let templatesDir: string
beforeEach(async () => {
  templatesDir = await mkdtemp(join(tmpdir(), 'latchkey-templates-'))
})
afterEach(() => rm(templatesDir, { recursive: true }))

async function write(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(templatesDir, name)
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, text)
  }
}

async function compose(request: MailRequest, dir: string | null = templatesDir) {
  const composer = await createComposer({ ...MAIL_SITE, templatesDir: dir })
  return composer(prepareMail(request, MAIL_PUBLIC_URL))
}

/** Returns what a start would say about the templates. */
function findMistakes(dir = templatesDir): Promise<string> {
  return createComposer({ ...MAIL_SITE, templatesDir: dir }).then(
    () => '',
    (error: Error) => error.message,
  )
}

const reset = (language: string | null = null) => ({ ...resetMail('ada@example.com', 'x'), language })

describe('templates of the operator', () => {
  test('replace the built-in templates, part by part', async () => {
    await write({
      'reset-password.subject.txt': 'Hallo\n{{email}}\n',
      'reset-password.html': '<p>{{#lifetime}}{{link}}{{/lifetime}}</p>',
      '.DS_Store': '',
      'README.md': 'notes of the operator',
    })
    const mail = await compose(reset())
    expect(mail.subject).toBe('Hallo ada@example.com')
    expect(mail.html).toContain('&#x2F;reset&#x2F;confirm')
    expect(mail.text).toBe((await compose(reset(), null)).text)
  })

  test('in the folder of a language are for this language, and have precedence there', async () => {
    await write({
      'reset-password.subject.txt': 'for all',
      'reset-password.txt': 'for all {{link}}',
      'pt-BR/reset-password.subject.txt': 'para {{language}}',
    })
    expect((await compose(reset())).subject).toBe('for all')
    const mail = await compose(reset('pt'))
    expect(mail.subject).toMatch(/^para /)
    expect(mail.text).toMatch(/^for all /)
  })

  test('are checked at the start, and the error lists every mistake with its file', async () => {
    await write({
      'reset-password.txt': 'Hello {{emial}}',
      'reset-password.subject.txt': 'Open {{link}}',
      'confirm-registration.html': '<p>{{{requestedAt}}} {{&email}} {{link}}</p>',
      'confirm-registration.txt': '{{firstName}} {{link}}',
      'verify-email.txt': '{{#link}} never closed',
      'verify-email.html': '{{>header}} {{link}}',
      'password-changed.txt': ' ',
      'pending-sign-ups.txt': '{{#signUps}}{{requestedAt}} {{nothing}}{{/signUps}}',
      'pasword-changed.txt': 'x',
      'notes.md': 'x',
      'de/reset-password.txt': '{{emial}} {{link}}',
      'de/fr/reset-password.txt': '{{link}}',
      'deutsch/reset-password.txt': '{{link}}',
    })
    await mkdir(join(templatesDir, 'account-exists.html'))
    const mistakes = await findMistakes()
    for (const [file, mistake] of [
      ['reset-password.txt', 'unknown variable {{emial}}'],
      ['reset-password.txt', '{{link}} is missing'],
      ['reset-password.subject.txt', '{{link}} is a secret'],
      ['confirm-registration.html', '{{{requestedAt}}} is not escaped'],
      ['confirm-registration.txt', 'unknown variable {{firstName}}'],
      ['confirm-registration.html', '{{{email}}} is not escaped'],
      ['verify-email.txt', 'Unclosed section'],
      ['verify-email.html', '{{>header}}: there are no partials'],
      ['password-changed.txt', 'it is empty'],
      ['pending-sign-ups.txt', 'unknown variable {{nothing}}'],
      ['pending-sign-ups.txt', '{{link}} is missing'],
      ['pasword-changed.txt', 'there is no mail of this name'],
      ['notes.md', 'there is no mail of this name'],
      ['de/reset-password.txt', 'unknown variable {{emial}}'],
      ['de/fr', 'there is no mail of this name'],
      ['deutsch', 'there is no language of this name; known are en, de,'],
      ['account-exists.html', 'EISDIR'],
    ]) {
      expect(mistakes).toContain(`- ${file}: ${mistake}`)
    }
  })

  test('show the values of a list only inside its section, and never the list itself', async () => {
    await write({
      'pending-sign-ups.txt': 'Open {{link}} {{#supportUrl}}{{until}}{{/supportUrl}}',
      'pending-sign-ups.html':
        '{{signUps}}{{#signUps}}{{email}} {{link}}{{/signUps}}{{^signUps}}{{link}}{{/signUps}}',
      'de/pending-sign-ups.txt':
        '{{#signUps}}{{#link}}{{link}}{{/link}}{{/signUps}}{{^signUps}}-{{/signUps}}',
    })
    expect((await findMistakes()).split('\n').slice(1)).toEqual([
      '- pending-sign-ups.html: {{signUps}} is a list; write {{#signUps}} … {{/signUps}}',
      '- pending-sign-ups.html: {{link}} is empty outside of {{#signUps}} … {{/signUps}}',
      '- pending-sign-ups.txt: {{link}} is empty outside of {{#signUps}} … {{/signUps}}',
      '- pending-sign-ups.txt: {{until}} is empty outside of {{#signUps}} … {{/signUps}}',
    ])
  })

  test('with a wrong name are answered with the names and endings that exist', async () => {
    await write({ 'pasword-changed.txt': 'x' })
    const mistakes = await findMistakes()
    for (const name of [...MAIL_KINDS, ...Object.values(EXTENSIONS)]) expect(mistakes).toContain(name)
  })

  test('in a folder that cannot be read stop the start', async () => {
    expect(await findMistakes(join(templatesDir, 'missing'))).toContain('ENOENT')
  })
})

describe('an export of the built-in templates', () => {
  const options = { language: 'en', force: false } as const

  test('can be used as it is, and changes no mail', async () => {
    await exportTemplates(templatesDir, options)
    for (const kind of MAIL_KINDS) {
      const example = makeExampleMail(kind, { publicUrl: MAIL_PUBLIC_URL, language: 'en' })
      const [own, built] = [await compose(example), await compose(example, null)]
      expect(own.subject).toBe(built.subject)
      expect(own.text.trimEnd()).toBe(built.text.trimEnd())
      expect(own.html.trimEnd()).toBe(built.html.trimEnd())
    }
  })

  test('writes each part of each kind, and says which names and variables there are', async () => {
    const files = await exportTemplates(templatesDir, options)
    const parts = MAIL_KINDS.flatMap((kind) => Object.values(EXTENSIONS).map((end) => `en/${kind}${end}`))
    expect(files).toEqual(['README.md', ...parts])
    expect((await readdir(join(templatesDir, 'en'))).sort()).toEqual(parts.map((one) => one.slice(3)).sort())
    const readme = await readFile(join(templatesDir, 'README.md'), 'utf8')
    for (const kind of MAIL_KINDS) expect(readme).toContain(`- \`${kind}\`: `)
    expect(readme).toContain('`signUps` (`requestedAt`, `origin`, `until`, `link`)')
  })

  test('overwrites nothing, except with force', async () => {
    await write({ 'en/reset-password.txt': 'my own {{link}}' })
    await expect(exportTemplates(templatesDir, options)).rejects.toThrow(ExistingFilesError)
    await expect(exportTemplates(templatesDir, options)).rejects.toThrow('en/reset-password.txt')
    expect((await compose(reset())).text).toMatch(/^my own /)
    await exportTemplates(templatesDir, { ...options, force: true })
    expect((await compose(reset())).text).toMatch(/^Hello,/)
  })
})

describe('a preview', () => {
  test.each(MAIL_KINDS)('of %s has example values, and the templates of the operator', async (kind) => {
    await write({ [`${kind}.subject.txt`]: 'own subject for {{appName}}' })
    const made = await previewMail(kind, { ...MAIL_SITE, templatesDir, language: null })
    expect(made).toMatchObject({ kind, language: 'en', subject: 'own subject for Latchkey' })
    expect(made.text).toContain('@example.com')
  })
})

describe('the guide of mails', () => {
  const guide = readPage('docs/guides/mails.md')

  test('has an example of a template that works', async () => {
    const [, example = ''] = /```mustache\n([\s\S]*?)```/.exec(guide) ?? []
    await write({ 'invitation.txt': example })
    const made = await previewMail('invitation', { ...MAIL_SITE, templatesDir, language: null })
    expect(made.text).toMatch(/^Welcome to Latchkey!\n\nWe made an account for you with the address ada@/)
    expect(made.text).not.toContain('Questions?')
  })

  test('lists every kind of mail, and no other', () => {
    const listed = [...guide.matchAll(/^\| (`[a-z-]+`(?: `[a-z-]+`)*) \|/gm)].flatMap(([, names = '']) =>
      names.replaceAll('`', '').split(' '),
    )
    expect(listed.filter((name) => !name.startsWith('<')).sort()).toEqual([...MAIL_KINDS].sort())
  })
})
