import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import mjml2html from 'mjml'

/** The committed file of the built layout. */
export const BUILT_LAYOUT = fileURLToPath(new URL('../generated/layout.ts', import.meta.url))

/** MJML checks colours, so the source has these in place of the variables. */
const COLORS: Record<string, string> = {
  '#0a0b01': '{{accent}}',
  '#0a0b02': '{{onAccent}}',
  '#0a0b03': '{{darkAccent}}',
  '#0a0b04': '{{onDarkAccent}}',
}

/** Builds {@link BUILT_LAYOUT}: the one layout of all mails, cut into the parts of which a mail consists. */
export async function buildLayout(): Promise<string> {
  const source = await readFile(new URL('layout.mjml', import.meta.url), 'utf8')
  const { html, errors } = await mjml2html(source, { validationLevel: 'strict', fonts: {} })
  if (errors.length > 0) throw new Error(errors.map((error) => error.message).join('; '))
  const [start = '', ...pieces] = prepare(html.trim()).split(/<!-- cut (?=\w+ -->)/)
  const parts = pieces.map((piece) => {
    const [name = '', text = ''] = piece.split(' -->', 1).concat(piece.slice(piece.indexOf(' -->') + 4))
    return [name, text] as const
  })
  const lines = [['start', start] as const, ...parts].map(
    ([name, text]) => `  ${name}: ${JSON.stringify(`${text.trim()}\n`)},`,
  )
  return [
    '// Built by `pnpm mail-layout` from `../templates/layout.mjml`: change that and build again.',
    '',
    '/** The parts of the layout of a mail. `[[…]]` are filled in when a template is made. */',
    `export const LAYOUT = {\n${lines.join('\n')}\n} as const`,
    '',
  ].join('\n')
}

/** Invisible characters after the preview. Without them an inbox shows the first words of the mail behind it. */
const FILLER = '&#847;&zwnj;&nbsp;'.repeat(60)

/** Puts variables where the source has a fixed language, direction, side or colour, and takes out the indentation. */
function prepare(html: string): string {
  const sides = html
    .replace('<!-- filler -->', FILLER)
    .replace(/\n\s+/g, '\n')
    .replace(/\blang="en"/g, 'lang="[[language]]"')
    .replace(/\bdir="ltr"/g, 'dir="[[direction]]"')
    .replace(/\balign="left"/g, 'align="[[side]]"')
    .replace(/\btext-align:\s*left/g, 'text-align:[[side]]')
    .replace(/\bdirection:ltr/g, 'direction:[[direction]]')
  return Object.entries(COLORS).reduce((text, [color, variable]) => text.replaceAll(color, variable), sides)
}
