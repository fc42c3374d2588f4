import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { listEntries, PACKAGE, readManifest } from '../packaging/manifest.ts'
import { createPublishConfig } from '../packaging/publish-config.ts'
import { MESSAGE_LANGUAGES } from '../src/messages/index.ts'

const manifest = readManifest()
const dependencies = Object.keys(manifest.dependencies ?? {})
const peers = Object.keys(manifest.peerDependencies ?? {})
const entries = listEntries(manifest)
const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8')

/** The rows of the README's table of entries: name, what for, needs, weight. */
const rows = [
  ...readme.matchAll(/^\| `@latchkey\/client(\/\w+)?` \|([^|]*)\|([^|]*)\| *under (\d+) kB *\|$/gm),
].map(([, name, , needs = '', kilobytes]) => ({
  name: `.${name ?? ''}`,
  needs: [...needs.matchAll(/`([^`]+)`/g)].map(([, needed]) => needed),
  kilobytes: Number(kilobytes),
}))

function bundle(entry: { path: string }, options: BuildOptions) {
  return build({
    entryPoints: [join(PACKAGE, 'src', `${entry.path}.ts`)],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
    ...options,
  })
}

/** Leaves out what is loaded later, such as another language: it is a file of its own. */
const LOADED_LATER: Plugin = {
  name: 'loaded-later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
}

test('the published manifest follows from the list of entries', () => {
  expect(manifest.publishConfig).toEqual(createPublishConfig(manifest))
})

test('the table of the README lists every entry', () => {
  expect(rows.map(({ name }) => name)).toEqual(entries.map(({ name }) => name))
})

describe.each(entries)('the entry $name', (entry) => {
  const row = rows.find(({ name }) => name === entry.name)

  test('imports the packages that the table names, and no other', async () => {
    const { metafile } = await bundle(entry, { packages: 'external' })
    const imports = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.imports)
    const names = imports.map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    expect([...new Set(names)].sort()).toEqual([...(row?.needs ?? [])].sort())
    expect([...dependencies, ...peers]).toEqual(expect.arrayContaining(row?.needs ?? []))
  })

  test('weighs what the table says, minified and compressed with its dependencies', async () => {
    const external = peers.flatMap((peer) => [peer, `${peer}/*`])
    const { outputFiles } = await bundle(entry, { external, plugins: [LOADED_LATER] })
    const bytes = gzipSync(outputFiles?.[0]?.contents ?? '', { level: 9 }).length
    console.info(`${entry.name}: ${bytes} bytes`)
    expect(Math.ceil(bytes / 1000)).toBe(row?.kilobytes)
  })
})

test.each(MESSAGE_LANGUAGES)('the sentences in %s weigh what the README says', async (tag) => {
  const { outputFiles } = await bundle({ path: `generated/messages-${tag.toLowerCase()}` }, {})
  const bytes = gzipSync(outputFiles?.[0]?.contents ?? '', { level: 9 }).length
  const [, kilobytes] = /one language weighs under (\d+) kB/.exec(readme) ?? []
  expect(bytes).toBeLessThan(Number(kilobytes) * 1000)
})

/** The kilobytes of the table are coarse, and every page loads this entry. */
const MAIN_MAX_BYTES = 8_400

test('the main entry weighs under 8.4 kB and needs no package', async () => {
  expect(rows[0]).toMatchObject({ name: '.', needs: [] })
  const { outputFiles } = await bundle({ path: 'index' }, { plugins: [LOADED_LATER] })
  expect(gzipSync(outputFiles?.[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(MAIN_MAX_BYTES)
})

test('the proofs of bound sessions are loaded later, and weigh what the README says', async () => {
  const { metafile } = await bundle({ path: 'index' }, { plugins: [LOADED_LATER] })
  const imports = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.imports)
  expect(imports.map(({ path }) => path)).toEqual(['./evidence/index.ts'])
  const { outputFiles } = await bundle({ path: 'evidence/index' }, {})
  const bytes = gzipSync(outputFiles?.[0]?.contents ?? '', { level: 9 }).length
  const [, kilobytes] = /a file of their own of under (\d+) kB/.exec(readme) ?? []
  expect(Math.ceil(bytes / 1000)).toBe(Number(kilobytes))
})
