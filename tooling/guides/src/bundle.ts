import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const fakes = join(import.meta.dirname, '../fakes')

/** Bundles a program of a page and runs it; what only a device has is faked. */
export async function runBundle<Exports>(
  entry: string,
  alias: Record<string, string> = {},
): Promise<Exports> {
  const outfile = `${entry.replace(/\.tsx?$/, '')}.${crypto.randomUUID()}.mjs`
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    alias: {
      'expo-secure-store': join(fakes, 'expo-secure-store.ts'),
      'react-native': join(fakes, 'react-native.ts'),
      ...alias,
    },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Exports
}
