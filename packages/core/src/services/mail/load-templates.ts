import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isLanguageTag, LANGUAGE_TAGS, type LanguageTag } from '@latchkey/languages'
import { checkTemplate } from './check-template.ts'
import { MAIL_KINDS, type MailKind, type Template, type TemplatePart } from './mail-kinds.ts'

/** What follows the kind in the name of a file, for each part of a mail. */
export const EXTENSIONS: Record<TemplatePart, string> = {
  subject: '.subject.txt',
  text: '.txt',
  html: '.html',
}

/** The templates of the operator, by the name of their file without its ending: `verify-email`, `de/verify-email`. */
export type OwnTemplates = ReadonlyMap<string, Partial<Template>>

/**
 * Loads the templates of the operator, which replace the built-in ones part by part.
 *
 * @param templatesDir - the folder with `<kind>.subject.txt`, `<kind>.txt` and `<kind>.html` for every language, and
 *   with folders such as `de` for one language; null for none
 * @throws when templates have mistakes; the message lists all of them by file
 */
export async function loadTemplates(templatesDir: string | null): Promise<OwnTemplates> {
  const templates = new Map<string, Partial<Template>>()
  if (templatesDir === null) return templates
  const mistakes = await readFolder(templates, { folder: templatesDir, prefix: '' })
  if (mistakes.length > 0) {
    throw new Error(`MAIL_TEMPLATES_DIR (${templatesDir}) has mistakes:\n- ${mistakes.join('\n- ')}`)
  }
  return templates
}

/** Finds what the operator has for a kind in a language. Templates of that language have precedence. */
export function findOwnTemplate(own: OwnTemplates, kind: MailKind, language: string): Partial<Template> {
  return { ...own.get(kind), ...own.get(`${language}/${kind}`) }
}

interface Folder {
  folder: string
  /** Empty, or the language with a slash. */
  prefix: '' | `${LanguageTag}/`
}

/** Reads the templates of a folder, and returns its mistakes. */
async function readFolder(templates: Map<string, Partial<Template>>, at: Folder): Promise<string[]> {
  const { folder, prefix } = at
  const mistakes: string[] = []
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    mistakes.push(prefix + error.message)
    return []
  })
  // Dot files belong to editors and file systems.
  const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== README)
  for (const entry of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry
    if (prefix === '' && isLanguageTag(name)) {
      mistakes.push(...(await readFolder(templates, { folder: join(folder, name), prefix: `${name}/` })))
      continue
    }
    const file = findTemplateFile(name)
    const problems = file
      ? await readTemplate(templates, { ...at, name, ...file })
      : [entry.isDirectory() && prefix === '' ? NO_LANGUAGE : NO_KIND]
    mistakes.push(...problems.map((problem) => `${prefix}${name}: ${problem}`))
  }
  return mistakes
}

/** The file that `mail templates export` writes beside the templates. */
export const README = 'README.md'

const NO_LANGUAGE = `there is no language of this name; known are ${LANGUAGE_TAGS.join(', ')}`
const NO_KIND = `there is no mail of this name, or no such part of it; a name is one of ${MAIL_KINDS.join(', ')}, and ends with ${Object.values(EXTENSIONS).join(', ')}`

async function readTemplate(
  templates: Map<string, Partial<Template>>,
  { name, kind, part, folder, prefix }: Folder & { name: string; kind: MailKind; part: TemplatePart },
): Promise<string[]> {
  try {
    const text = await readFile(join(folder, name), 'utf8')
    templates.set(prefix + kind, { ...templates.get(prefix + kind), [part]: text })
    return checkTemplate(kind, part, text)
  } catch (error) {
    return [(error as Error).message]
  }
}

function findTemplateFile(name: string): { kind: MailKind; part: TemplatePart } | undefined {
  for (const kind of MAIL_KINDS) {
    for (const [part, extension] of Object.entries(EXTENSIONS)) {
      if (name === kind + extension) return { kind, part: part as TemplatePart }
    }
  }
  return undefined
}
