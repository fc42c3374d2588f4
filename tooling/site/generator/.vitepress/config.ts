// The generator reads this file. What it says about our pages is in ../../src, which has types and tests.
import { appendFileSync } from 'node:fs'
import { renderMermaidSVG } from 'beautiful-mermaid'
import { extendMarkdown, nameAnchor } from '../../src/markdown.ts'
import { listPages } from '../../src/pages.ts'
import { drawSideBars } from '../../src/theme.ts'

const pages = listPages()
const { LATCHKEY_SITE_SOURCE = '', LATCHKEY_SITE_FILES = '' } = process.env

export default {
  srcDir: LATCHKEY_SITE_SOURCE,
  lang: 'en',
  title: 'Latchkey',
  description: 'How to run, use and change Latchkey, an auth server that you host yourself',
  // Links to a server on the machine of the reader.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    html: false,
    linkify: false,
    anchor: { slugify: nameAnchor },
    languageAlias: { caddy: 'nginx', mustache: 'handlebars' },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (md) =>
      extendMarkdown(md, {
        pages,
        draw: renderMermaidSVG,
        noteFile: (file) => appendFileSync(LATCHKEY_SITE_FILES, `${file}\n`),
      }),
  },
  themeConfig: {
    sidebar: drawSideBars(),
    outline: [2, 3],
    search: { provider: 'local' },
    externalLinkIcon: true,
    docFooter: { prev: 'Before', next: 'After' },
  },
}
