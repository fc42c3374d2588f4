import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { call } from './call.ts'
import { runServer, waitForAddress } from './run-server.ts'

it('when the private database ends, the server says so and ends, and can start again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-lost-'))
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'fatal' }
  const run = runServer(env)
  await waitForAddress(run)
  const [pid] = (await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGQUIT')
  expect(await run.exit).toBe(1)
  expect(run.output()).toContain('The private PostgreSQL has ended by itself')
  const again = runServer(env)
  expect((await call(`${await waitForAddress(again)}/readyz`)).status).toBe(200)
  again.process.kill('SIGTERM')
  expect(await again.exit).toBe(0)
  await rm(dataDir, { recursive: true, force: true })
})
