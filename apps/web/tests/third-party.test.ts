import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildPortal } from './support/build-portal.ts'

it('a build of the portal lists the licences of its packages', async () => {
  const licenses = JSON.parse(await readFile(join(await buildPortal(), 'third-party-licenses.json'), 'utf8'))
  expect(licenses.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['react', 'react-dom']),
  )
  for (const { name, text } of licenses) expect(text, name).toMatch(/copyright/i)
})
