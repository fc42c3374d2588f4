import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { expect, test } from 'vitest'
import { bundleServer } from '../../apps/server/tests/server-bundle.ts'
import { MOST_MIB, measureMovingIn } from '../src/moving-in/measure-moving-in.ts'

test('generated users are moved in twice within the bound of memory, and their rows are copied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-moving-in-'))
  const cluster = await startEmbeddedPostgres({
    dataDir: join(folder, 'database'),
    settings: { fsync: 'off' },
  })
  const lines: string[] = []
  const { cli } = await bundleServer()
  const seen = await measureMovingIn(cluster, {
    users: 60_000,
    folder,
    cli,
    report: (line) => lines.push(line),
  })
  // The three users and four sessions of the dump are among them. Inactive users have no session.
  expect(seen.sessions).toBe(59_400 + 4)
  expect(lines.filter((line) => line.startsWith('read users '))).toHaveLength(10)
  expect(lines.join('\n')).toMatch(/\nsessions 60004 of 60004, \d+ per second/)
  expect(seen.copy.rows).toBeGreaterThan(2 * 60_000)
  for (const { peakMib } of [seen.first, seen.second]) expect(peakMib).toBeLessThan(MOST_MIB)
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
})
