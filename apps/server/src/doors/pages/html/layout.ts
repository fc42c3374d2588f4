import { html } from 'hono/html'
import { type Asset, STYLESHEET_ASSET } from './assets.ts'
import { brandMark, type IconName, icon, markAddress } from './icons.ts'
import type { Html, Site } from './site.ts'

export interface PageParts {
  heading: string
  content: Html
  /** Whether the page shows a refused form. The title then begins with it, where a screen reader starts. */
  isRefusal?: boolean
  icon?: IconName
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
  const { brand, basePath, stylesheet, t } = site
  const { heading } = page
  const isName = heading === brand.name
  const title = t(page.isRefusal ? 'page.titleOfRefusal' : 'page.title', { heading, name: brand.name })
  return html`<!doctype html>
<html lang="${t.language}" dir="${t.direction}">
<head>
<meta charset="utf-8">
<title>${isName ? heading : title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${brand.logoUrl ?? markAddress(brand.color)}">
<link rel="stylesheet" href="${basePath}${STYLESHEET_ASSET.path}">
${stylesheet && html`<link rel="stylesheet" href="${basePath}${stylesheet}">`}
${page.script ? html`<script src="${basePath}${page.script.path}" defer></script>` : ''}
</head>
<body${page.wide ? html` class="wide"` : ''}>
<header class="brand">${brandMark(brand.logoUrl)}<bdi>${brand.name}</bdi></header>
${page.notice ? html`<aside class="notice" aria-label="About this page">${page.notice}</aside>` : ''}
<main>
${page.icon ? icon(page.icon) : ''}
<h1>${isName ? html`<bdi>${heading}</bdi>` : heading}</h1>
${page.content}
</main>
${help(site)}
</body>
</html>
`
}

/** The way to the people who can help. */
function help({ brand, t }: Site): Html {
  if (brand.supportUrl === null) return html``
  const sentence = t.rich('footer.help', {
    link: (words) => html`<a href="${brand.supportUrl}">${words}</a>`,
  })
  return html`<footer class="help">${sentence}</footer>`
}
