import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeOnce } from './make-once.ts'

it('of many callers at once the first makes the folder, and all get it when it is whole', async () => {
  let made = 0
  const make = async (folder: string) => {
    made++
    await mkdir(folder)
    await writeFile(join(folder, 'whole'), '')
  }
  const name = crypto.randomUUID()
  const folders = await Promise.all([1, 2, 3].map(() => makeOnce(name, make)))
  expect(made).toBe(1)
  for (const folder of folders) expect(await readdir(folder)).toEqual(['whole'])
  expect(await makeOnce(name, make)).toBe(folders[0])
})

it('a folder that cannot be made fails every caller: the first with the cause, the others with its name', async () => {
  const name = crypto.randomUUID()
  const fail = () => makeOnce(name, () => Promise.reject(new Error('the cause')))
  const results = await Promise.allSettled([fail(), fail()])
  const reasons = results.map((result) =>
    result.status === 'rejected' ? String(result.reason) : 'no failure',
  )
  expect(reasons.sort()).toEqual([`Error: Another test file could not make ${name}.`, 'Error: the cause'])
})
