import { expect, it } from 'vitest'
import { rollServers } from '../src/roll-servers.ts'
import { prepareFaultRun } from './prepare-fault-run.ts'

it('two servers behind the nginx of the deployment page are restarted one after the other without a failed call', async () => {
  const run = await prepareFaultRun()
  const options = { ...run, instances: 2, seconds: 0, seed: 3, peoplePerDoor: 4 }
  const { ledger, calls, restarts } = await rollServers({ ...options, report: () => undefined })
  await run.remove()
  expect(restarts.map(({ server }) => server)).toEqual(['server-1', 'server-2'])
  expect(ledger.findings).toEqual([])
  expect(calls).toBeGreaterThan(0)
})
