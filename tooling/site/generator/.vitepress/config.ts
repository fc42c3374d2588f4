// The generator reads this file. What it says about our pages is in ../../src, which has types and tests.
import { appendFileSync } from 'node:fs'
import { renderMermaidSVG } from 'beautiful-mermaid'
import { extendMarkdown, nameAnchor } from '../../src/markdown.ts'
import { listPages } from '../../src/pages.ts'
import { drawSideBars } from '../../src/theme.ts'

const pages = listPages()
const { LATCHKEY_SITE_SOURCE = '', LATCHKEY_SITE_FILES = '', LATCHKEY_SITE_BASE = '/' } = process.env

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#1d4ed8"/><g fill="#fff"><circle cx="12" cy="9.5" r="3.25"/><path d="M10.6 11.5h2.8l1.1 6.5h-5z"/></g></svg>'

export default {
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(MARK)}` }]],
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
        base: LATCHKEY_SITE_BASE,
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
