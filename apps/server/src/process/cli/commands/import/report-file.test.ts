import { mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { withReport } from './report-file.ts'

const CASE = { word: 'duplicate_address', oldId: '8', email: 'ada@example.com' } as const
const LINE = '{"word":"duplicate_address","old_id":"8","email":"ada@example.com","with":null}\n'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'))
  path = join(folder, 'report.jsonl')
  await writeFile(path, 'former', { mode: 0o644 })
})

async function readFolder(): Promise<string> {
  expect(await readdir(folder)).toEqual(['report.jsonl'])
  return readFile(path, 'utf8')
}

describe('the report of a run', () => {
  it('takes the place of the former one when the run ends, also without a case', async () => {
    await withReport(path, async (onCase) => {
      await onCase(CASE)
      expect(await readFile(path, 'utf8')).toBe('former')
    })
    expect(await readFolder()).toBe(LINE)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await withReport(path, async () => 'done')).toBe('done')
    expect(await readFolder()).toBe('')
  })

  it('has the cases of a run that fails later', async () => {
    const failing = withReport(path, async (onCase) => {
      await onCase(CASE)
      throw new Error('lost')
    })
    await expect(failing).rejects.toThrow('lost')
    expect(await readFolder()).toBe(LINE)
  })

  it('leaves the former one when the run is refused before its first case', async () => {
    const refused = withReport(path, async () => {
      throw new Error('Another import runs.')
    })
    await expect(refused).rejects.toThrow('Another import runs.')
    expect(await readFolder()).toBe('former')
  })

  it('replaces nothing but a file', async () => {
    await symlink(path, join(folder, 'link'))
    const linked = withReport(join(folder, 'link'), async () => 'done')
    await expect(linked).rejects.toThrow(/link, which is no file\.$/)
    expect(await readFile(path, 'utf8')).toBe('former')
  })
})
