import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { componentCompilers } from './components.ts'
import { blocksOf } from './extract.ts'
import { noteRun } from './runs.ts'

const fakes = join(import.meta.dirname, '../fakes')

/** Bundles a program of a page and runs it, with fakes for the modules of a device. */
export async function runBundle<Exports>(entry: string): Promise<Exports> {
  const outfile = `${entry.replace(/\.tsx?$/, '')}.${crypto.randomUUID()}.mjs`
  const js = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
  const noteBlocks = await bundle({ entryPoints: [entry], outfile, platform: 'node', banner: { js } })
  const exported = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Exports
  noteBlocks()
  return exported
}

/**
 * Bundles a script for a page in a browser.
 *
 * @param script - code that imports the files of the page
 * @param folder - the folder of these files
 * @returns the path of the bundle, and a function that notes its blocks as run
 */
export async function bundleForBrowser(script: string, folder: string) {
  const outfile = join(folder, `${crypto.randomUUID()}.js`)
  const stdin = { contents: script, resolveDir: folder, loader: 'tsx' } as const
  return { outfile, noteBlocks: await bundle({ stdin, outfile, platform: 'browser' }) }
}

async function bundle(options: BuildOptions): Promise<() => void> {
  const { metafile } = await build({
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    metafile: true,
    alias: {
      '@sveltejs/kit': join(fakes, 'sveltejs-kit.ts'),
      'expo-crypto': join(fakes, 'expo-crypto.ts'),
      'expo-web-browser': join(fakes, 'expo-web-browser.ts'),
      'expo-secure-store': join(fakes, 'expo-secure-store.ts'),
      'react-native': join(fakes, 'react-native.ts'),
    },
    plugins: [componentCompilers],
    define: { 'process.env.NODE_ENV': '"production"' },
    ...options,
  })
  const blocks = blocksOf(Object.keys(metafile?.inputs ?? {}).map((path) => resolve(path)))
  return () => noteRun(...blocks)
}
