import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withLock } from './lock.ts'
import { findProcess } from './processes.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rm(folder, { recursive: true }))

async function runMany(count: number): Promise<number> {
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await sleep(5)
    inside--
  }
  await Promise.all(Array.from({ length: count }, () => withLock(file, work)))
  return most
}

it('a lock admits one caller at a time and leaves no file', async () => {
  expect(await runMany(20)).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

it('one of many waiters takes over the lock of a dead holder', async () => {
  await writeFile(file, '4194999 12345')
  expect(await runMany(20)).toBe(1)
})

it('a lock is taken over when the pid of its holder belongs to a later process', async () => {
  await writeFile(file, `${process.pid} 1`)
  expect(findProcess(process.pid)).not.toBe(`${process.pid} 1`)
  expect(await runMany(3)).toBe(1)
})

it('a lock is released when the work fails', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('work')))).rejects.toThrow('work')
  expect(await runMany(2)).toBe(1)
})
