import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { HOME, listEntries, ROOT, readDecisions, readSideBar } from './side-bar.ts'

/** The files of the site by their places in the repository, with their places in the site. */
export function listPages(): Map<string, string> {
  const sources = [HOME, ...listEntries([...readSideBar(), ...readDecisions()]).map(({ source }) => source)]
  return new Map(sources.map((source) => [source, placeOf(source)]))
}

/** `docs/guides/react.md` is `guides/react.md` in the site, and the README of a folder is the page of the folder. */
function placeOf(source: string): string {
  return source
    .replace(/^docs\//, '')
    .replace('CONTRIBUTING.md', 'contributing.md')
    .replace('packages/client/README.md', 'client.md')
    .replace(/README\.md$/, 'index.md')
}

/** Where a link of the site leads: a page of it, or a file that the site has a copy of. */
export type Target = { page: string } | { file: string }

/**
 * Finds where a relative link of a page leads in the site.
 *
 * @param place - the place of the page in the site
 * @param path - the path in the markdown, without its anchor
 * @throws {Error} nothing of the repository is there
 */
export function findTarget(pages: Map<string, string>, place: string, path: string): Target {
  const [source = place] = [...pages].find(([, at]) => at === place) ?? []
  const target = normalize(join(dirname(source), decodeURI(path))).replace(/\/$/, '')
  const page = pages.get(target) ?? pages.get(join(target, 'README.md'))
  if (page !== undefined) return { page }
  if (target.startsWith('..') || !existsSync(join(ROOT, target)))
    throw new Error(`${source} links to ${path}, which does not exist.`)
  // A folder without a page of its own is described by the first page.
  return statSync(join(ROOT, target)).isDirectory() ? { page: 'index.md' } : { file: target }
}
