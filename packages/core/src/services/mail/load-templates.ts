import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkTemplate } from './check-template.ts'
import { TEMPLATES } from './generated/templates.ts'
import type { Template, TemplatePart } from './mail-kinds.ts'
import { MAIL_KINDS, type MailKind } from './mail-kinds.ts'

const EXTENSIONS: Record<TemplatePart, string> = { subject: '.subject.txt', text: '.txt', html: '.html' }

interface TemplateFile {
  name: string
  kind: MailKind
  part: TemplatePart
}

/**
 * Loads the built-in templates and replaces them, part by part, by those of the operator.
 *
 * @param templatesDir - the folder with `<kind>.subject.txt`, `<kind>.txt` and `<kind>.html`; null for none
 * @throws when templates have mistakes; the message lists all of them by file
 */
export async function loadTemplates(templatesDir: string | null): Promise<Record<MailKind, Template>> {
  const templates = structuredClone(TEMPLATES)
  if (templatesDir === null) return templates
  const mistakes: string[] = []
  const names = await readdir(templatesDir).catch((error: Error) => {
    mistakes.push(error.message)
    return []
  })
  // Dot files belong to editors and file systems.
  for (const name of names.filter((entry) => !entry.startsWith('.')).sort()) {
    const file = findTemplateFile(name)
    const problems = file
      ? await override(templates, file, templatesDir)
      : ['there is no mail of this name, or not such a part of it']
    mistakes.push(...problems.map((problem) => `${name}: ${problem}`))
  }
  if (mistakes.length > 0) {
    throw new Error(`MAIL_TEMPLATES_DIR (${templatesDir}) has mistakes:\n- ${mistakes.join('\n- ')}`)
  }
  return templates
}

async function override(
  templates: Record<MailKind, Template>,
  { name, kind, part }: TemplateFile,
  folder: string,
): Promise<string[]> {
  try {
    const text = await readFile(join(folder, name), 'utf8')
    templates[kind][part] = text
    return checkTemplate(kind, part, text)
  } catch (error) {
    return [(error as Error).message]
  }
}

function findTemplateFile(name: string): TemplateFile | undefined {
  for (const kind of MAIL_KINDS) {
    for (const [part, extension] of Object.entries(EXTENSIONS)) {
      if (name === kind + extension) return { name, kind, part: part as TemplatePart }
    }
  }
  return undefined
}
