import { globSync } from 'node:fs'
import { readPage } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { findTarget, listPages } from '../src/pages.ts'
import { HOME, listEntries, ROOT, readDecisions, readSideBar } from '../src/side-bar.ts'

const files = globSync('docs/**/*.md', { cwd: ROOT })
const entries = listEntries([...readSideBar(), ...readDecisions()])

/** The last section of a page, with its heading. */
function readEnd(page: string): string {
  const prose = readPage(page).replace(/^```.*?^```$/gms, '')
  return prose.slice(prose.lastIndexOf('\n## ') + 1)
}

describe('the side bar', () => {
  it('has every markdown file of the documentation exactly once', () => {
    const listed = entries.map(({ source }) => source).filter((source) => source.startsWith('docs/'))
    expect(listed.sort()).toEqual(files.filter((file) => file !== HOME).sort())
  })

  it('names each page differently', () => {
    const titles = entries.map(({ title }) => title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  it('gives each file a place of its own', () => {
    const places = [...listPages().values()]
    expect(new Set(places).size).toBe(entries.length + 1)
    expect(places).toEqual(
      expect.arrayContaining(['index.md', 'guides/react.md', 'client.md', 'decisions/index.md']),
    )
  })
})

// A decision has three sections, and the page after it in the side bar is its next step.
describe.each(files.filter((file) => !/^docs\/decisions\/\d/.test(file)))('%s', (page) => {
  it('ends with the next step, which leads to another page', () => {
    const end = readEnd(page)
    expect(end.split('\n')[0]).toBe('## Next')
    const links = [...end.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path)
    const pages = listPages()
    const place = pages.get(page) ?? ''
    const targets = links.map((path) => findTarget(pages, place, path))
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets) expect(target).toEqual({ page: expect.not.stringMatching(`^${place}$`) })
  })
})

describe('a link of a page', () => {
  const pages = listPages()

  it.each([
    ['guides/react.md', 'vue.md', { page: 'guides/vue.md' }],
    ['guides/react.md', '../../examples/spa', { page: 'examples/spa/index.md' }],
    ['guides/openapi.md', '../../apps/server/openapi.json', { file: 'apps/server/openapi.json' }],
    ['contributing.md', 'docs/guides', { page: 'index.md' }],
    ['index.md', '../packages/client/README.md', { page: 'client.md' }],
  ])('from %s to %s leads there in the site', (place, path, target) => {
    expect(findTarget(pages, place, path)).toEqual(target)
  })

  it.each(['missing.md', '../../../outside.md'])('to %s is refused', (path) => {
    expect(() => findTarget(pages, 'guides/react.md', path)).toThrow('does not exist')
  })
})

it('the folder of the generator is outside of the workspace, so nobody installs it who does not ask for it', () => {
  expect(readPage('pnpm-workspace.yaml')).not.toContain('tooling/site/generator')
})
