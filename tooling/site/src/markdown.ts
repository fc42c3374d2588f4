import { findTarget } from './pages.ts'

/** The parts of markdown-it that are used here. The generator brings the library. */
interface Token {
  type: string
  info: string
  content: string
  children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}
type Rule = (tokens: Token[], index: number, ...others: unknown[]) => string | Promise<string>
interface MarkdownIt {
  core: { ruler: { push(name: string, rule: (state: State) => void): void } }
  renderer: { rules: Record<string, Rule | undefined>; render(...given: unknown[]): string }
  utils: { escapeHtml(text: string): string }
}
interface State {
  tokens: Token[]
  env: { relativePath?: string }
}

/** The colours of a picture. */
export interface Colors {
  bg: string
  fg: string
}

/** The colours of the two themes of the generator. */
const THEMES: Record<string, Colors> = {
  light: { bg: '#ffffff', fg: '#3c3c43' },
  dark: { bg: '#1b1b1f', fg: '#dfdfd6' },
}

/** What the rules need to know. */
export interface Site {
  pages: Map<string, string>
  /** The path of the site on its host, with a slash at both ends. */
  base: string
  /** Takes note of a file that a page links to. */
  noteFile(file: string): void
  /** Draws the picture of a block of Mermaid as SVG. */
  draw(source: string, colors: Colors): string
}

/** Names a heading as the forges do, so that one anchor works in both places. */
export function nameAnchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

/** Adds what the markdown of the repository needs to a renderer. */
export function extendMarkdown(md: MarkdownIt, site: Site): void {
  leadLinks(md, site)
  const render = md.renderer.render.bind(md.renderer)
  // Vue would take two braces for a piece of a program, also in code.
  md.renderer.render = (...given) => render(...given).replaceAll('{{', '&#123;&#123;')
  const { rules } = md.renderer
  const { fence } = rules
  rules.fence = (tokens, index, ...others) => {
    const token = tokens[index] as Token
    if (token.info.trim() === 'mermaid') return drawPicture(token.content, { md, site })
    const [, file] = / file=(\S+)/.exec(token.info) ?? []
    token.info = token.info.replace(/ .*$/, '')
    const block = fence?.(tokens, index, ...others) ?? ''
    if (file === undefined) return block
    const name = `<p class="file-name">${md.utils.escapeHtml(file)}</p>\n`
    return typeof block === 'string' ? name + block : block.then((html) => name + html)
  }
  // A block that is only indented is drawn as one between fences, which the keyboard can move sideways.
  rules.code_block = (tokens, index, ...others) => rules.fence?.(tokens, index, ...others) ?? ''
  // A wide table is moved sideways, by the keyboard too.
  rules.table_open = () => '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>\n'
  rules.table_close = () => '</table></div>\n'
}

/**
 * Puts the groups of a diagram first, and gives each box its text where it is first named.
 *
 * Mermaid takes both from any place. The library takes them from the first one.
 */
export function nameEarly(source: string): string {
  const groups: string[] = []
  const [head = '', ...rest] = source
    .replace(/^\s*subgraph .*?^\s*end\n?/gms, (group) => {
      groups.push(group.trimEnd())
      return ''
    })
    .split('\n')
  return moveTexts([head, ...groups, ...rest].join('\n'))
}

function moveTexts(source: string): string {
  const definitions = source.matchAll(/(?<!subgraph )\b(\w+)(\["[^"]*"\])/g)
  const texts = new Map([...definitions].map(([, id = '', text = '']) => [id, text]))
  const named = new Set<string>()
  return source.replace(/"[^"]*"(?!\])|\b(\w+)(?:\["[^"]*"\])?/g, (whole, id) => {
    const text = texts.get(id)
    if (text === undefined) return whole
    const isFirst = !named.has(id)
    named.add(id)
    return isFirst ? id + text : id
  })
}

/** Writes a picture for each theme, and the text that it was drawn from. */
function drawPicture(source: string, { md, site }: { md: MarkdownIt; site: Site }): string {
  const images = Object.entries(THEMES).map(([theme, colors]) => {
    // The library asks a server of others for a font.
    const svg = site.draw(nameEarly(source), colors).replace(/@import url\([^)]*\);/g, '')
    const data = Buffer.from(svg).toString('base64')
    return `<img class="picture ${theme}-only" alt="A diagram. Its text follows." src="data:image/svg+xml;base64,${data}">`
  })
  const text = `<pre v-pre tabindex="0"><code>${md.utils.escapeHtml(source)}</code></pre>`
  return `${images.join('')}<details><summary>The text of the diagram</summary>${text}</details>\n`
}

/** Leads relative links to the places in the site. */
function leadLinks(md: MarkdownIt, { pages, base, noteFile }: Site): void {
  md.core.ruler.push('latchkey_links', ({ tokens, env }) => {
    const place = env.relativePath ?? ''
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (href === null || /^(?:#|\w+:)/.test(href)) continue
      const [path = '', anchor] = href.split('#')
      const target = findTarget(pages, place, path)
      if ('file' in target) {
        noteFile(target.file)
        // The generator leaves such a link as it is.
        token.attrSet('href', `${base}files/${target.file}`)
        token.attrSet('download', '')
      } else {
        token.attrSet('href', `/${target.page}${anchor === undefined ? '' : `#${anchor}`}`)
      }
    }
  })
}
