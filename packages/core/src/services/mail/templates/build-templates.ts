import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import mjml2html from 'mjml'
import { MAIL_KINDS, type MailKind } from '../mail-kinds.ts'

const FOOTER = 'This is an automatic message of {{site}}.'
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The committed file of the built templates. */
export const BUILT_TEMPLATES = fileURLToPath(new URL('../generated/templates.ts', import.meta.url))

/** Builds {@link BUILT_TEMPLATES}. Subject, text and HTML of a mail come from one source, so they cannot differ. */
export async function buildTemplates(): Promise<string> {
  const layout = await readSource('layout')
  const entries = await Promise.all(MAIL_KINDS.map((kind) => build(kind, layout)))
  return [
    '// Built by `pnpm mail-templates` from the MJML files in `../templates`: change those and build again.',
    "import type { MailKind, Template } from '../mail-kinds.ts'",
    '',
    '/** The built-in templates, which the operator may replace. */',
    `export const TEMPLATES: Record<MailKind, Template> = {\n${entries.join('\n')}\n}`,
    '',
  ].join('\n')
}

async function build(kind: MailKind, layout: string): Promise<string> {
  const source = await readSource(kind)
  const subject = /<mj-title>(.*?)<\/mj-title>/s.exec(source)?.[1] ?? ''
  const body = source.replace(/<mj-title>.*?<\/mj-title>/s, '')
  const { html, errors } = await mjml2html(
    layout
      .replace('<!-- title -->', subject)
      .replace('<!-- body -->', showLinks(body))
      .replace('<!-- footer -->', FOOTER),
    { validationLevel: 'strict', fonts: {} },
  )
  if (errors.length > 0) throw new Error(`${kind}.mjml: ${errors.map((error) => error.message).join('; ')}`)
  const lines = Object.entries({ subject, text: toText(body), html: html.trim() }).map(
    ([part, text]) => `    ${part}: ${JSON.stringify(text)},`,
  )
  return `  ${JSON.stringify(kind)}: {\n${lines.join('\n')}\n  },`
}

/** Adds the URL of every button as text, for clients without buttons and for readers who check the URL first. */
function showLinks(body: string): string {
  return body.replace(
    /<mj-button href="([^"]+)">.*?<\/mj-button>/gs,
    '$&\n<mj-text css-class="quiet">Or open this address: <a href="$1">$1</a></mj-text>',
  )
}

function toText(body: string): string {
  const paragraphs = [...body.matchAll(/<mj-(text|button)([^>]*)>(.*?)<\/mj-\1>/gs)].map(
    ([, tag, attributes = '', content = '']) => {
      const text = content
        .replace(/<br \/>/g, '\n')
        .replace(/<[^>]+>/g, '')
        .replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity)
        .trim()
      const address = /href="([^"]+)"/.exec(attributes)?.[1]
      return tag === 'button' ? `${text}:\n${address}` : text
    },
  )
  return `${[...paragraphs, `-- \n${FOOTER}`].join('\n\n')}\n`
}

function readSource(name: string): Promise<string> {
  return readFile(new URL(`${name}.mjml`, import.meta.url), 'utf8')
}
