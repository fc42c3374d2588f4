// The site of the documentation: npm run docs -- [serve|build] [options].
import { buildSite } from './build-site.ts'
import { listChanges } from './list-changes.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { serveSite } from './serve-site.ts'

const announce = () => console.error('docs: installing the generator, once')

async function build({ folder, base }: Options): Promise<void> {
  const started = performance.now()
  await buildSite({ folder, base }, announce)
  console.error(`docs: built ${folder} in ${Math.round((performance.now() - started) / 1000)} s`)
}

async function serve(options: Options): Promise<void> {
  await build(options)
  const { url } = await serveSite(options.folder, options.port)
  console.log(`The documentation is at ${url}`)
  for await (const page of listChanges()) {
    console.error(`docs: ${page} has changed`)
    await build(options).catch((error: Error) => console.error(`docs: ${error.message}`))
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.task === 'help') console.log(USAGE)
  else await (options.task === 'build' ? build(options) : serve(options))
} catch (error) {
  console.error(`docs: ${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
