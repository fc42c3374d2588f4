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

  it('cites a test in every row, or says that there is none', () => {
    expect(rows.length).toBeGreaterThan(40)
    expect(rows.filter((row) => !row.includes('.test.ts` “') && !UNHELD.test(row))).toEqual([])
  })

  it('writes every citation in the form that this check reads', () => {
    expect(citations).toHaveLength(guide.match(/\.test\.ts`/g)?.length ?? 0)
  })
})
