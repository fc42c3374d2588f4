import { html } from 'hono/html'
import { type Asset, STYLESHEET_ASSET } from './assets.ts'
import { brandMark, FAVICON, type IconName, icon } from './icons.ts'
import type { Html, Site } from './site.ts'

export interface PageParts {
  heading: string
  content: Html
  /** Text before the heading in the title alone, where a screen reader starts: `Error: `. */
  titlePrefix?: string
  icon?: IconName
  /** The content above the heading, instead of an icon. */
  top?: Html
  notice?: Html
  /** A script that helps. Every page works without it. */
  script?: Asset
  wide?: boolean
}

/**
 * Wraps the content of a page into the document of all pages: brand, one main landmark, one `h1`.
 *
 * The document contains nothing that the policy of {@link pageHeaders} refuses.
 */
export function layout(site: Site, page: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${page.titlePrefix}${page.heading} · ${site.brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${FAVICON}">
<link rel="stylesheet" href="${site.basePath}${STYLESHEET_ASSET.path}">
${page.script ? html`<script src="${site.basePath}${page.script.path}" defer></script>` : ''}
</head>
<body${page.wide ? html` class="wide"` : ''}>
<header class="brand">${brandMark()}<span>${site.brand.name}</span></header>
${page.notice ? html`<aside class="notice" aria-label="About this page">${page.notice}</aside>` : ''}
<main>
${page.top ?? (page.icon ? icon(page.icon) : '')}
<h1>${page.heading}</h1>
${page.content}
</main>
</body>
</html>
`
}
