import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { compile } from 'svelte/compiler'
import { compileScript, parse } from 'vue/compiler-sfc'

/** Compiles components of Vue and Svelte with the compilers of these frameworks, for a page in a browser. */
export const componentCompilers: Plugin = {
  name: 'components',
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, async ({ path }) => ({
      contents: compileVue(await readFile(path, 'utf8'), path),
      loader: 'ts',
    }))
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compileSvelte(await readFile(path, 'utf8'), path),
      loader: 'js',
    }))
  },
}

function compileVue(source: string, filename: string): string {
  const { descriptor, errors } = parse(source, { filename })
  if (errors[0]) throw errors[0]
  return compileScript(descriptor, { id: filename, inlineTemplate: true }).content
}

function compileSvelte(source: string, filename: string): string {
  return compile(source, { filename, generate: 'client', dev: false }).js.code
}
