import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runProgram } from '../../compat/src/run-program.ts'
import { installFolder } from '../../install-folder.ts'
import { listPages } from './pages.ts'
import { ROOT } from './side-bar.ts'

const generator = join(import.meta.dirname, '../generator')

/** Where a site is written, and the path that it will be published at. */
export interface Place {
  /** The folder of the files. What was in it before is removed. */
  folder: string
  /** The path on the host: `/` or `/latchkey/`. */
  base: string
}

/**
 * Writes the site as files that any web server can serve.
 *
 * @param announce - is called when packages are installed first, which takes a while
 * @throws {Error} a page has a dead link, or the generator refuses it
 */
export async function buildSite({ folder, base }: Place, announce: () => void = () => {}): Promise<void> {
  await installFolder(generator, announce)
  await mkdir(join(generator, 'node_modules/.draft'), { recursive: true })
  const draft = await mkdtemp(join(generator, 'node_modules/.draft/site-'))
  try {
    await copyPages(join(draft, 'pages'))
    await generate(draft, base)
    await rm(folder, { recursive: true, force: true })
    await mkdir(dirname(folder), { recursive: true })
    await move(join(draft, 'site'), folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function copyPages(folder: string): Promise<void> {
  for (const [source, place] of listPages()) {
    const target = dirname(join(folder, place))
    await mkdir(target, { recursive: true })
    await cp(join(ROOT, source), join(folder, place))
    for (const picture of listPictures(await readFile(join(ROOT, source), 'utf8'))) {
      await cp(join(ROOT, dirname(source), picture), join(target, picture))
    }
  }
}

/** Lists the pictures of a page that are files of the repository, by their paths from the page. */
function listPictures(text: string): string[] {
  const paths = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, path = '']) => path)
  return paths.filter((path) => !/^\w+:/.test(path))
}

/** Runs the generator, and adds the files that pages link to. */
async function generate(draft: string, base: string): Promise<void> {
  const [files, site] = [join(draft, 'files'), join(draft, 'site')]
  await writeFile(files, '')
  const program = join(
    createRequire(join(generator, 'package.json')).resolve('vitepress/package.json'),
    '../bin/vitepress.js',
  )
  await runProgram(process.execPath, [program, 'build', generator, '--base', base, '--outDir', site], {
    env: { LATCHKEY_SITE_SOURCE: join(draft, 'pages'), LATCHKEY_SITE_FILES: files, LATCHKEY_SITE_BASE: base },
  })
  for (const file of new Set((await readFile(files, 'utf8')).split('\n').filter(Boolean))) {
    await mkdir(dirname(join(site, 'files', file)), { recursive: true })
    await cp(join(ROOT, file), join(site, 'files', file))
  }
}

/** Moves a folder, also to another disk. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await cp(from, to, { recursive: true })
  }
}
