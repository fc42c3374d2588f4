import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')
/** The first page. Its lists of links are the side bar. */
export const HOME = 'docs/README.md'
const DECISIONS = 'docs/decisions/README.md'

/** A page of the side bar. */
export interface Entry {
  title: string
  /** Its file, from the root of the repository. */
  source: string
}

/** A heading of the side bar, with its pages and with the headings below it. */
export interface Group {
  title: string
  entries: Entry[]
  groups: Group[]
}

/** Reads the side bar from the page that lists the others, so that a reader of the files sees the same order. */
export function readSideBar(): Group[] {
  return readGroups(HOME)
}

/** Reads the side bar of the decisions from their list. */
export function readDecisions(): Group[] {
  return readGroups(DECISIONS)
}

/** Lists the pages of groups in their order, with those of the groups below them. */
export function listEntries(groups: readonly Group[]): Entry[] {
  return groups.flatMap(({ entries, groups: inner }) => [...entries, ...listEntries(inner)])
}

/** Reads the headings of a page that have a list of links below them: `- [Title](path): what it is about`. */
function readGroups(source: string): Group[] {
  const groups: Group[] = []
  let open: Group | undefined
  for (const line of readFileSync(join(ROOT, source), 'utf8').split('\n')) {
    const [, marks = '', heading] = /^(##+) (.+)$/.exec(line) ?? []
    if (heading !== undefined) {
      open = { title: heading, entries: [], groups: [] }
      if (marks.length === 2) groups.push(open)
      else groups.at(-1)?.groups.push(open)
    }
    const [, title, path] = /^- \[(.+?)\]\(([^)#]+\.md)\)/.exec(line) ?? []
    if (title && path) open?.entries.push({ title, source: normalize(join(dirname(source), path)) })
  }
  return groups.filter(({ entries }) => entries.length > 0)
}
