import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listCodes } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const AREAS = '{apps,packages,tooling,docs,bench,examples}'
const NAMED = /^(?:apps|packages|tooling|docs|bench|examples)\//
/** A segment of a path that stands for any name: `<area>`, `**`, `…`. */
const OPEN = /[<*…]/
const BARE_SOURCE = /^[\w.-]+(?:\/[\w.-]+)*\.(?:ts|tsx|mjs)$/

const isOurs = (name: string) => name !== 'node_modules' && name !== 'dist'
const find = (pattern: string) =>
  globSync(pattern, { cwd: ROOT, exclude: (path) => !isOurs(path.split('/').at(-1) ?? '') })

const sources = find(`${AREAS}/**/*.{ts,tsx,mjs}`)
const pages = find('{*.md,docs/**/*.md,{packages,examples}/*/README.md}')

/** The page without its blocks of code. */
function readProse(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^```.*?^```$/gms, '')
}

/** The words in the code of a page: paths, names and commands. */
function listWords(page: string): string[] {
  return listCodes(readProse(page)).flatMap((code) => code.split(/\s+/))
}

/** The headings of a page, by the names that GitHub gives them in links with `#`. */
function listAnchors(page: string): string[] {
  const headings = readProse(page).match(/^#+ .*$/gm) ?? []
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

it('the check finds the pages and the sources', () => {
  expect(pages).toContain('docs/contract.md')
  expect(sources).toContain('tooling/guides/tests/named-files.test.ts')
})

describe.each(pages)('%s', (page) => {
  it('names only paths that exist in the repository', () => {
    const paths = listWords(page).filter((word) => NAMED.test(word))
    const known = paths.map((path) => {
      const segments = path.split('/')
      const end = segments.findIndex((segment) => OPEN.test(segment))
      return end < 0 ? path : segments.slice(0, end).join('/')
    })
    expect(known.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('links only to pages, files and headings that exist', () => {
    // Brackets in a code span are no link.
    const prose = readProse(page).replaceAll(/`[^`\n]*`/g, '')
    const targets = [...prose.matchAll(/\]\((?!\w+:)([^)\s]*)\)/g)].map(([, target = '']) => target)
    const dead = targets.filter((target) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(ROOT, file))) return true
      return anchor !== undefined && !listAnchors(file).includes(anchor)
    })
    expect(dead).toEqual([])
  })
})

// The security guide shortens its paths. security-guide.test.ts checks them.
it.each(pages.filter((page) => !page.endsWith('/security.md')))(
  '%s names only source files that exist',
  (page) => {
    const names = listWords(page).filter((word) => BARE_SOURCE.test(word))
    expect(names.filter((name) => !sources.some((source) => `/${source}`.endsWith(`/${name}`)))).toEqual([])
  },
)
