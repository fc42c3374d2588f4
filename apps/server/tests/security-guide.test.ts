import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
/** The folders behind the short paths of the guide. */
const FOLDERS: Record<string, string> = {
  contract: 'packages/contract',
  core: 'packages/core',
  server: 'apps/server/tests',
  pages: 'apps/server/src/doors/pages/html',
  client: 'packages/client/tests',
  web: 'apps/web/tests',
}
/** How many requirements each section of ASVS 5.0.0 has, in the three chapters of the table. */
const SECTIONS: Record<string, number> = {
  '6.1': 3,
  '6.2': 12,
  '6.3': 8,
  '6.4': 6,
  '6.5': 8,
  '6.6': 4,
  '6.7': 2,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 3,
  '7.6': 2,
  '9.1': 3,
  '9.2': 4,
}
const UNHELD = /Not defended|Not applicable|Not tested|\]\(/

const guide = readFileSync(join(ROOT, 'docs/guides/security.md'), 'utf8')
const rows = guide.match(/^\| [679]\.\d.*$/gm) ?? []
const citations = [...guide.matchAll(/`(\w+)\/([\w/-]+\.test\.ts)` “([^”]+)”/g)].map(
  ([, folder = '', file = '', name = '']) => [join(FOLDERS[folder] ?? folder, file), name] as const,
)

describe('the table of the security guide', () => {
  it.each(citations)('%s has the test “%s”', (file, name) => {
    const path = join(ROOT, file)
    expect(existsSync(path), file).toBe(true)
    const text = readFileSync(path, 'utf8').replaceAll(/\(\s+/g, '(')
    // The name is the first argument of a call, and not a word in a comment or a value.
    const quoted = [`('${name}',`, `("${name}",`, `(\`${name}\`,`]
    expect(quoted.some((call) => text.includes(call))).toBe(true)
    expect(text).not.toMatch(/\b(?:it|test|describe)\.(?:skip|todo|only|fails)\b/)
  })

  it.each(Object.entries(SECTIONS))('has every requirement of section %s', (section, count) => {
    const numbers = rows.flatMap((row) => row.split('|')[1]?.match(/\d\.\d+(?:\.\d+)?/g) ?? [])
    const missing = Array.from({ length: count }, (_, index) => `${section}.${index + 1}`).filter(
      (requirement) => !numbers.includes(requirement) && !numbers.includes(section),
    )
    expect(missing).toEqual([])
  })

  it('cites a test in every row, or says that there is none', () => {
    expect(rows.length).toBeGreaterThan(40)
    expect(rows.filter((row) => !row.includes('.test.ts` “') && !UNHELD.test(row))).toEqual([])
  })

  it('writes every citation in the form that this check reads', () => {
    expect(citations).toHaveLength(guide.match(/\.test\.ts`/g)?.length ?? 0)
  })
})
