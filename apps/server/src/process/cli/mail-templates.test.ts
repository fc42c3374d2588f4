import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAIL_KINDS } from '@latchkey/core'
import { LANGUAGE_TAGS } from '@latchkey/languages'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { requireCommand } from './find-command.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { planCommand } from './plan-command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-mails-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs a command line without a database, under some settings. */
async function run(args: string[], env: Record<string, string> = {}) {
  const { command, rest } = requireCommand(args)
  const work = await planCommand(command, parseCommandLine(command, rest))
  const fail = () => {
    throw new Error('These commands need no database.')
  }
  return work({ config: loadConfig(env).config, open: fail, onDatabase: fail })
}

describe('mail preview', () => {
  it('prints the mail as HTML or as text, in the look and the language of the settings', async () => {
    const env = { APP_NAME: 'Acme', APP_COLOR: '#7a1fa2', SUPPORT_URL: 'https://acme.example/help' }
    const { text: html } = await run(['mail', 'preview', 'invitation'], env)
    expect(html).toMatch(/^<!doctype html>/)
    for (const shown of ['Acme', '#7a1fa2', 'acme.example']) expect(html).toContain(shown)
    const { text } = await run(['mail', 'preview', 'invitation', '--text'], env)
    expect(text).toMatch(/^You have been invited to Acme\n\nHello,/)
  })

  it('writes the HTML to a file, from the templates of the operator', async () => {
    const templates = join(folder, 'templates')
    await mkdir(templates)
    await writeFile(join(templates, 'invitation.html'), '<p>{{appName}} {{link}}</p>')
    const file = join(folder, 'shown.html')
    const env = { MAIL_TEMPLATES_DIR: templates, APP_NAME: 'Acme' }
    const { text } = await run(['mail', 'preview', 'invitation', '--to', file], env)
    expect(text).toBe(`Wrote ${file}: You have been invited to Acme`)
    expect(await readFile(file, 'utf8')).toContain('<p>Acme http')
    await writeFile(join(templates, 'invitatoin.html'), 'x')
    await expect(run(['mail', 'preview', 'invitation', '--to', file], env)).rejects.toThrow('invitatoin.html')
  })

  it('answers a wrong kind and a wrong language with those that there are', async () => {
    const kinds = run(['mail', 'preview', 'invite'])
    await expect(kinds).rejects.toThrow(`the kinds are ${MAIL_KINDS.join(', ')}`)
    const languages = run(['mail', 'preview', 'invitation', '--language', 'xx'])
    await expect(languages).rejects.toThrow(LANGUAGE_TAGS.join(', '))
  })
})

describe('mail templates export', () => {
  it('fails where the system makes no folder', async () => {
    await expect(run(['mail', 'templates', 'export', '/proc/latchkey/mails'])).rejects.toThrow('ENOENT')
  })

  it('writes templates that MAIL_TEMPLATES_DIR takes, and overwrites none without --force', async () => {
    const { data } = await run(['mail', 'templates', 'export', folder])
    expect(data).toMatchObject({ folder, files: expect.arrayContaining(['README.md', 'en/invitation.html']) })
    expect(await readdir(join(folder, 'en'))).toHaveLength(3 * MAIL_KINDS.length)
    const { text } = await run(['mail', 'preview', 'invitation', '--text'], { MAIL_TEMPLATES_DIR: folder })
    expect(text).toContain('Choose a password')
    const again = ['mail', 'templates', 'export', folder]
    await expect(run(again)).rejects.toThrow('--force')
    await expect(run([...again, '--force'])).resolves.toBeDefined()
  })

  it('takes the default language of the settings, or the one that is named', async () => {
    await run(['mail', 'templates', 'export', folder, '--language', 'de'], { DEFAULT_LANGUAGE: 'fr' })
    await run(['mail', 'templates', 'export', folder], { DEFAULT_LANGUAGE: 'fr' })
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'de', 'fr'])
  })
})
