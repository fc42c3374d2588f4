import { copyFileSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Manifest } from './manifest.ts'

/**
 * Writes the CommonJS form of each compiled module, with its declarations, into `dist/cjs`.
 *
 * The dependencies are put into the files that import them: `jose` has no CommonJS form, and neither Jest nor Node before
 * 20.19 can `require` an ES module. Peers are required, because there may be only one of each in a program.
 */
export async function writeCommonJs(dist: string, manifest: Manifest): Promise<void> {
  const modules = globSync('**/*.js', { cwd: dist, exclude: ['cjs/**'] })
  await build({
    entryPoints: modules.map((path) => join(dist, path)),
    outdir: join(dist, 'cjs'),
    outbase: dist,
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    // Jest runs no `import()` in a package.
    supported: { 'dynamic-import': false },
    plugins: [keepImports(Object.keys(manifest.dependencies ?? {}))],
  })
  for (const path of globSync('**/*.d.ts', { cwd: dist, exclude: ['cjs/**'] })) {
    copyFileSync(join(dist, path), makeRoom(join(dist, 'cjs', path)))
  }
  writeFileSync(
    join(dist, 'cjs/package.json'),
    JSON.stringify({ type: 'commonjs', sideEffects: false }, null, 2),
  )
}

/** Keeps every import between our files and of a peer, and puts the other packages in. */
function keepImports(dependencies: string[]): Plugin {
  return {
    name: 'keep-imports',
    setup: ({ onResolve }) => {
      onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
        if (kind === 'entry-point' || importer.includes('node_modules')) return undefined
        return dependencies.includes(path) ? undefined : { path, external: true }
      })
    },
  }
}

function makeRoom(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  return path
}
