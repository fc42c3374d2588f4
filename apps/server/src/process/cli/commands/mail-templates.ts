import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  exportTemplates,
  isMailKind,
  MAIL_KINDS,
  type MailKind,
  previewMail,
  spellCount,
} from '@latchkey/core'
import { isLanguageTag, LANGUAGE_TAGS, type LanguageTag } from '@latchkey/languages'
import type { Config } from '../../config/index.ts'
import { findAccountPages } from '../../find-account-pages.ts'
import { makeFolder } from '../../make-folder.ts'
import type { Answer, Command, Given } from '../command.ts'
import { UsageError } from '../usage-error.ts'

/** The mode of a folder that the umask alone narrows. */
const OF_EVERYBODY = 0o777

const LANGUAGE_OPTION = {
  type: 'string',
  help: `One of ${LANGUAGE_TAGS.join(', ')}. Default: DEFAULT_LANGUAGE.`,
} as const

/** The commands for an operator who writes own mails. They need no database. */
export const MAIL_TEMPLATE_COMMANDS: Command[] = [
  {
    name: 'mail preview',
    summary: 'Show a mail with example values, from your templates',
    usage: '<kind> [options]',
    options: {
      language: LANGUAGE_OPTION,
      text: { type: 'boolean', help: 'Print the subject and the plain text instead of HTML.' },
      to: { type: 'string', help: 'The file to write the HTML to, instead of printing it.' },
    },
    words: { min: 1, max: 1 },
    plan: ({ words, options }) => {
      const kind = readKind(words[0] ?? '')
      const language = readLanguage(options)
      const file = options.to === undefined ? null : resolve(String(options.to))
      if (file !== null && options.text) throw new UsageError('--to and --text exclude one another.')
      return ({ config }) => preview(config, { kind, language, file, isText: options.text === true })
    },
  },
  {
    name: 'mail templates export',
    summary: 'Write the built-in mails of a language to a folder, to change them',
    usage: '<folder> [options]',
    options: {
      language: LANGUAGE_OPTION,
      force: { type: 'boolean', help: 'Overwrite files that exist.' },
    },
    words: { min: 1, max: 1 },
    plan: ({ words, options }) => {
      const folder = resolve(words[0] ?? '')
      const language = readLanguage(options)
      return ({ config }) => writeTemplates(config, { folder, language, force: options.force === true })
    },
  },
]

async function preview(
  config: Config,
  wanted: { kind: MailKind; language: LanguageTag | null; file: string | null; isText: boolean },
): Promise<Answer> {
  const { publicUrl, brand, defaultLanguage, mail } = config
  const { kind, language, file, isText } = wanted
  const { templatesDir } = mail
  const site = { publicUrl, brand, pages: findAccountPages(config) }
  const made = await previewMail(kind, { ...site, templatesDir, defaultLanguage, language })
  if (isText) return { text: `${made.subject}\n\n${made.text}`, data: made }
  if (file === null) return { text: made.html, data: made }
  await writeFile(file, made.html)
  return { text: `Wrote ${file}: ${made.subject}`, data: { ...made, file } }
}

async function writeTemplates(
  { defaultLanguage }: Config,
  wanted: { folder: string; language: LanguageTag | null; force: boolean },
): Promise<Answer> {
  const { folder, force, language } = wanted
  await makeFolder(folder, OF_EVERYBODY)
  const files = await exportTemplates(folder, { language: language ?? defaultLanguage, force })
  const next = 'Keep the files that you change, delete the others, and set MAIL_TEMPLATES_DIR to the folder.'
  return {
    text: `Wrote ${spellCount(files.length, 'file', 'files')} to ${folder}. ${next}`,
    data: { folder, files },
  }
}

function readKind(word: string): MailKind {
  if (isMailKind(word)) return word
  throw new UsageError(`"${word}" is no kind of mail; the kinds are ${MAIL_KINDS.join(', ')}.`)
}

function readLanguage({ language }: Given['options']): LanguageTag | null {
  if (language === undefined) return null
  if (isLanguageTag(language)) return language
  throw new UsageError(`"${language}" is no language of this server; it has ${LANGUAGE_TAGS.join(', ')}.`)
}
