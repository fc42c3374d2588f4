import { type Entry, listEntries, type Manifest } from './manifest.ts'

/**
 * Creates what the manifest of the published package says instead of ours: where each entry and its types are.
 *
 * `main` and `types` are for tools that know no `exports`.
 */
export function createPublishConfig(manifest: Pick<Manifest, 'exports'>): Record<string, unknown> {
  const entries = listEntries(manifest)
  const exports = Object.fromEntries(entries.map((entry) => [entry.name, describeEntry(entry)]))
  return {
    access: 'public',
    ...describeCommonJs('./', { path: 'index' }),
    exports: { ...exports, './package.json': './package.json' },
  }
}

/** Creates the manifest of the folder of an entry, where tools that know no `exports` look for it. */
export function createFolderManifest({ name, path }: Entry): Record<string, unknown> {
  const up = '../'.repeat(name.split('/').length - 1)
  return { ...describeCommonJs(up, { path }), sideEffects: false }
}

function describeEntry({ path }: Entry) {
  const modern = { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` }
  const common = { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` }
  return { import: modern, require: common, default: modern.default }
}

function describeCommonJs(up: string, { path }: { path: string }) {
  return { main: `${up}dist/cjs/${path}.js`, types: `${up}dist/cjs/${path}.d.ts` }
}
