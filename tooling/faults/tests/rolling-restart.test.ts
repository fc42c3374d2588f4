import { expect, it } from 'vitest'
import { rollServers } from '../src/roll-servers.ts'
import { prepareFaultRun } from './prepare-fault-run.ts'

/** The deployment page names it: a POST in the very moment in which a server closes its port. */
const isAtTheClosing = ({ text }: { text: string }) => / POST \S+ was 502 /.test(text)

it('two servers behind the nginx of the deployment page are restarted one after the other without a failed call', async () => {
  const run = await prepareFaultRun()
  const options = { ...run, instances: 2, seconds: 0, seed: 3, peoplePerDoor: 3 }
  const { ledger, calls, restarts } = await rollServers({ ...options, report: () => undefined })
  await run.remove()
  expect(restarts.map(({ server }) => server)).toEqual(['server-1', 'server-2'])
  expect(ledger.findings.filter((finding) => !isAtTheClosing(finding))).toEqual([])
  expect(ledger.findings.filter(isAtTheClosing).length).toBeLessThanOrEqual(1)
  expect(calls).toBeGreaterThan(0)
})
