import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
/** What the guide's short paths stand for. */
const FOLDERS: Record<string, string> = {
  core: 'packages/core',
  server: 'apps/server/tests',
  pages: 'apps/server/src/doors/pages/html',
  client: 'packages/client/tests',
  web: 'apps/web/tests',
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
    const quoted = [`'${name}'`, `"${name}"`, `\`${name}\``]
    expect(quoted.some((literal) => readFileSync(path, 'utf8').includes(literal))).toBe(true)
  })

  it('cites a test in every line, or says plainly that there is none', () => {
    expect(rows.length).toBeGreaterThan(40)
    expect(rows.filter((row) => !row.includes('.test.ts` “') && !UNHELD.test(row))).toEqual([])
  })

  it('names no test in a way this check would miss', () => {
    expect(citations).toHaveLength(guide.match(/\.test\.ts`/g)?.length ?? 0)
  })
})
