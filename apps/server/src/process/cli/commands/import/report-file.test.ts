import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

  describe('whose process was killed', () => {
    const running: ChildProcess[] = []
    afterEach(() => {
      for (const child of running.splice(0)) child.kill('SIGKILL')
    })

    /** A process that writes the report and never ends. */
    async function startRun(): Promise<ChildProcess> {
      const before = (await readdir(folder)).length
      const module = new URL('report-file.ts', import.meta.url)
      const code = `const { withReport } = await import(${JSON.stringify(module.href)})
        await withReport(${JSON.stringify(path)}, () => new Promise(() => { console.log('open'); setInterval(() => {}, 1000) }))`
      const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      running.push(child)
      await once(child.stdout, 'data')
      expect(await readdir(folder)).toHaveLength(before + 1)
      return child
    }

    async function kill(child: ChildProcess): Promise<void> {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }

    it('leaves nothing after the next run, which leaves the file of one that goes on', async () => {
      const [killed, alive] = [await startRun(), await startRun()]
      await kill(killed)
      await withReport(path, () =>
        withReport(path, async () => {
          expect(await readdir(folder)).toHaveLength(4)
        }),
      )
      expect(await readdir(folder)).toHaveLength(2)
      await kill(alive)
      await withReport(path, async () => 'done')
      expect(await readFolder()).toBe('')
    })

    it('on another machine is gone after a day, and so is the one of a former release', async () => {
      const uuid = '7b0e3c1a-9a53-4c43-8b41-0d3c6b1f0a11'
      const left = [`report.jsonl.${uuid}`, `report.jsonl.00000000-1-1-${uuid}`]
      const others = ['report.jsonl.bak', `other.jsonl.${uuid}`, `report.jsonl.x.${uuid}`]
      for (const name of [...left, ...others]) await writeFile(join(folder, name), '')
      await withReport(path, async () => 'done')
      expect(await readdir(folder)).toHaveLength(6)
      const former = new Date(Date.now() - 25 * 60 * 60 * 1000)
      for (const name of [...left, ...others]) await utimes(join(folder, name), former, former)
      await withReport(path, async () => 'done')
      expect(await readdir(folder)).toEqual([...others, 'report.jsonl'].sort())
    })
  })

  it('replaces nothing but a file', async () => {
    await symlink(path, join(folder, 'link'))
    const linked = withReport(join(folder, 'link'), async () => 'done')
    await expect(linked).rejects.toThrow(/link, which is no file\.$/)
    expect(await readFile(path, 'utf8')).toBe('former')
  })
})
