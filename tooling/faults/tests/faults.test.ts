import { waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultKind, isOver } from '../src/faults/fault-kind.ts'
import { type FaultRun, type FaultRunOptions, runFaults } from '../src/run-faults.ts'
import { type PreparedRun, prepareFaultRun } from './prepare-fault-run.ts'

/** Kinds that are over soon, one of each sort. `npm run faults` injects all kinds, for longer. */
const CHEAP = [
  'server_killed',
  'server_frozen',
  'clock_step',
  'database_killed',
  'connections_terminated',
  'database_read_only',
  'sessions_locked',
  'database_cut',
  'clients_cut',
  'answers_lost',
  'redis_killed',
  'relay_hangs_up',
  'keys_rotated',
]

let prepared: PreparedRun
beforeAll(async () => {
  prepared = await prepareFaultRun()
})
afterAll(() => prepared.remove())

function run(options: Partial<FaultRunOptions>): Promise<FaultRun> {
  return runFaults({
    ...prepared,
    seconds: null,
    seed: 11,
    instances: 2,
    peoplePerDoor: 2,
    thieves: 1,
    graceSeconds: 8,
    standing: [300, 900],
    pause: [200, 500],
    report: () => undefined,
    ...options,
  })
}

it('through faults of every sort nobody is signed out wrongly, and no write and no mail is lost or doubled', async () => {
  const { ledger, mails } = await run({ kinds: CHEAP })
  expect(ledger.findings).toEqual([])
  expect(ledger.faults.map(({ kind }) => kind).sort()).toEqual([...CHEAP].sort())
  expect(ledger.exceptions.of('fault_not_possible')).toBe(0)
  expect(mails.asked).toBeGreaterThan(0)
  expect(ledger.statuses.of('200')).toBeGreaterThan(0)
  expect(ledger.calmCalls).toBeGreaterThan(0)
})

it('without a grace lost answers sign out nobody who sends a key or a proof', async () => {
  const { ledger } = await run({
    kinds: ['answers_lost'],
    graceSeconds: 0,
    thieves: 0,
    standing: [5000, 5000],
  })
  expect(ledger.findings).toEqual([])
  expect(ledger.statuses.of('no answer')).toBeGreaterThan(0)
})

describe('the checker notices', () => {
  /** What a broken server would do. */
  const plant = (name: string, statement: string): FaultKind => ({
    name,
    begin: async ({ cluster }) => {
      await cluster.ask((sql) => sql.unsafe(statement))
      return isOver('planted')
    },
  })

  it('a session that ends, a write that is undone and a mail that is lost', async () => {
    const losesMail: FaultKind = {
      name: 'loses mail',
      begin: async ({ relay }) => {
        await waitUntil(() => relay.mails.some(({ kind }) => kind === 'verify'), 'a mail')
        relay.mails.splice(0)
        return isOver('planted')
      },
    }
    const planted = [
      plant('renames', `update users set first_name = 'Eve'`),
      plant('signs out', 'delete from sessions'),
      losesMail,
    ]
    const { ledger } = await run({ kinds: [], planted, thieves: 0 })
    const kinds = new Set(ledger.findings.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['mail_lost', 'signed_out_wrongly', 'write_lost'])
  })
})
