import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, it } from 'vitest'

it('a build of the portal lists the licences of its packages', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'latchkey-portal-'))
  await build({ root: join(import.meta.dirname, '..'), logLevel: 'error', build: { outDir } })
  const licenses = JSON.parse(await readFile(join(outDir, 'third-party-licenses.json'), 'utf8'))
  await rm(outDir, { recursive: true })
  expect(licenses.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['react', 'react-dom']),
  )
  for (const { name, text } of licenses) expect(text, name).toMatch(/copyright/i)
})
