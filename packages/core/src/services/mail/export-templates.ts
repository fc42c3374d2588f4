import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTemplate } from './built-in-template.ts'
import { COMMON_VARIABLES } from './common-values.ts'
import { EXTENSIONS, README } from './load-templates.ts'
import { MAIL_KINDS, MAIL_VARIABLES, type MailKind, type TemplatePart } from './mail-kinds.ts'
import { getTranslator, type MailLanguage } from './translator.ts'

/** The files of an export that exist already. */
export class ExistingFilesError extends Error {
  override readonly name = 'ExistingFilesError'
}

/**
 * Writes the built-in templates of a language into the folder of this language, and a file with names and variables.
 *
 * `MAIL_TEMPLATES_DIR` can name the folder as it is. No file is overwritten, unless `force` is true.
 *
 * @returns the paths of the files, below `folder`
 * @throws {ExistingFilesError} when a file exists; no file that existed was changed
 */
export async function exportTemplates(
  folder: string,
  options: { language: MailLanguage; force: boolean },
): Promise<string[]> {
  const { language, force } = options
  const files = new Map([[README, describeTemplates(language)], ...listTemplates(language)])
  await mkdir(join(folder, language), { recursive: true })
  // `wx` refuses a file that exists, also one that was made since.
  const flag = force ? 'w' : 'wx'
  const existing: string[] = []
  for (const [name, text] of files) {
    await writeFile(join(folder, name), text, { flag }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      if (name !== README) existing.push(name)
    })
  }
  if (existing.length === 0) return [...files.keys()]
  throw new ExistingFilesError(
    `These files exist, and were left as they are: ${existing.join(', ')}. With --force they are written again.`,
  )
}

function listTemplates(language: MailLanguage): [string, string][] {
  const t = getTranslator(language)
  return MAIL_KINDS.flatMap((kind) => {
    const template = makeTemplate(kind, t)
    const parts = Object.entries(EXTENSIONS) as [TemplatePart, string][]
    return parts.map(([part, extension]): [string, string] => [
      `${language}/${kind}${extension}`,
      `${template[part].trimEnd()}\n`,
    ])
  })
}

function describeTemplates(language: MailLanguage): string {
  return `# Mail templates

Set \`MAIL_TEMPLATES_DIR\` to this folder. The server checks the templates when it starts, and says what is wrong.

- A file replaces one part of one mail: \`<kind>.subject.txt\`, \`<kind>.txt\` (plain text) or \`<kind>.html\`.
- A file in \`${language}/\` is for this language. A file beside this one is for every language.
- Delete the files that you do not change. The built-in parts are then used, also those of a later release.
- \`{{variable}}\` shows a value, and \`{{#variable}} … {{/variable}}\` shows what is between only if there is a value
  (mustache). HTML is escaped.
- \`latchkey mail preview <kind>\` shows the result.

## Variables of every mail

${Object.entries(COMMON_VARIABLES)
  .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
  .join('\n')}

## Variables of each kind

${MAIL_KINDS.map((kind) => `- \`${kind}\`: ${describeVariables(kind)}`).join('\n')}

A list such as \`signUps\` is a section, and its variables are used inside: \`{{#signUps}}{{link}} {{/signUps}}\`.
`
}

/** Lists the variables of a kind: `email`, `signUps` (`requestedAt`, `link`). */
export function describeVariables(kind: MailKind): string {
  return Object.entries(MAIL_VARIABLES[kind])
    .map(([name, type]) =>
      typeof type === 'string'
        ? `\`${name}\``
        : `\`${name}\` (${Object.keys(type)
            .map((one) => `\`${one}\``)
            .join(', ')})`,
    )
    .join(', ')
}
