import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { addRoute } from '../http/routes.ts'
import { findAsset } from './assets.ts'
import type { DocumentOptions } from './openapi/document.ts'
import { createDocsPage } from './page.ts'

/** The page may run, style and call what this server serves, and nothing else. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Files of the page, because the policy refuses inline scripts and styles. The bundle has copies. */
const OWN_FILES = {
  'page.js': {
    url: new URL('./browser/show-document.js', import.meta.url),
    type: 'text/javascript; charset=utf-8',
  },
  'page.css': { url: new URL('./browser/page.css', import.meta.url), type: 'text/css; charset=utf-8' },
}

const ASSETS = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

/** Serves the OpenAPI document and the page that renders it. */
export function mountDocs(app: Hono<AppEnv>, options: DocumentOptions & { basePath: string }): void {
  const page = createDocsPage(options.basePath)
  let document: Promise<string> | undefined
  const getDocument = () => {
    // Made at the first request: the generator costs memory a server nobody asks need not spend.
    document ??= import('./openapi/document.ts').then(({ createOpenApiDocument }) =>
      JSON.stringify(createOpenApiDocument(options)),
    )
    return document
  }
  addRoute(app, {
    path: '/openapi.json',
    methods: { GET: async () => answerFile(await getDocument(), 'application/json') },
  })
  addRoute(app, { path: '/docs', methods: { GET: () => answerFile(page, 'text/html; charset=utf-8') } })
  for (const [name, { url, type }] of Object.entries(OWN_FILES)) {
    addRoute(app, {
      path: `/docs/${name}`,
      methods: { GET: async () => answerFile(await readFile(url), type) },
    })
  }
  for (const [name, type] of Object.entries(ASSETS)) {
    addRoute(app, {
      path: `/docs/${name}`,
      methods: { GET: async () => answerFile(await readFile(findAsset(name)), type) },
    })
  }
}

function answerFile(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    headers: { 'Content-Type': type, 'Cache-Control': 'no-cache', 'Content-Security-Policy': DOCS_POLICY },
  })
}
