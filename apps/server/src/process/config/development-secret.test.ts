import { mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { getDevelopmentSecret } from './development-secret.ts'

it('processes that start together share one secret, which other users cannot read', async () => {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'latchkey-secret-')), 'data')
  const secrets = await Promise.all(Array.from({ length: 20 }, () => getDevelopmentSecret(dataDir)))
  expect(new Set(secrets).size).toBe(1)
  expect(Buffer.byteLength(secrets[0] ?? '')).toBeGreaterThanOrEqual(32)
  expect(await getDevelopmentSecret(dataDir)).toBe(secrets[0])
  expect(await readdir(dataDir)).toEqual(['secret-key'])
  expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600)
})
