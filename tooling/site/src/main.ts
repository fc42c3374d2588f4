// The site of the documentation: npm run docs -- [serve|build] [options].
import { type FSWatcher, watch } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildSite } from './build-site.ts'
import { listPages } from './pages.ts'
import { serveSite } from './serve-site.ts'
import { ROOT } from './side-bar.ts'

const USAGE = `npm run docs                    builds the site, serves it on this machine, and builds it again after a change
npm run docs -- build           writes the site into dist/docs

  --base PATH   the path that it will be published at (/)
  --out FOLDER  another folder for the files
  --port PORT   another port to serve at (4173)`

const announce = () => console.error('docs: installing the generator, once')

async function build(folder: string, base: string): Promise<void> {
  const started = performance.now()
  await buildSite({ folder, base }, announce)
  console.error(`docs: built ${folder} in ${Math.round((performance.now() - started) / 1000)} s`)
}

async function serve(folder: string, port: number): Promise<void> {
  await build(folder, '/')
  const server = await serveSite(folder, port)
  console.log(`The documentation is at ${server.url}`)
  for await (const change of listChanges()) {
    console.error(`docs: ${change} has changed`)
    await build(folder, '/').catch((error: Error) => console.error(`docs: ${error.message}`))
  }
}

/** Tells one name for all changes until the next build. */
async function* listChanges(): AsyncGenerator<string> {
  let changed: string | null = null
  let wake = () => {}
  const folders = new Set([...listPages().keys()].map((source) => dirname(source)))
  const watchers: FSWatcher[] = [...folders].map((folder) =>
    watch(join(ROOT, folder), (_, name) => {
      if (!name?.endsWith('.md')) return
      changed = join(folder, name)
      wake()
    }),
  )
  try {
    for (;;) {
      if (changed === null)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      // An editor writes a file in several steps.
      await setTimeout(200)
      const name = changed ?? ''
      changed = null
      yield name
    }
  } finally {
    for (const watcher of watchers) watcher.close()
  }
}

/** Completes `latchkey` to `/latchkey/`. */
function readBase(text: string): string {
  return `/${text}/`.replace(/\/+/g, '/')
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      base: { type: 'string' },
      out: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const [what = 'serve', ...rest] = positionals
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const folder = resolve(values.out ?? join(ROOT, 'dist/docs'))
  if (rest.length === 0 && what === 'build') await build(folder, readBase(values.base ?? '/'))
  else if (rest.length === 0 && what === 'serve') await serve(folder, Number(values.port ?? 4173))
  else throw new Error(`there is no "${positionals.join(' ')}"\n\n${USAGE}`)
  return 0
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(`docs: ${(error as Error).message}`)
  process.exitCode = 1
}
