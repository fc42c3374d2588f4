import { REFUSALS } from '@latchkey/contract'
import type { Census, Core, Load, Overdue, Watch } from '@latchkey/core'
import { collectDefaultMetrics, type Gauge, Registry } from 'prom-client'
import type { EndedCall, MetricsPage } from '../../doors/telemetry/telemetry.ts'
import { VERSION } from '../../version.ts'
import { countSignals } from './count-signals.ts'
import { createInstruments, type Instruments } from './instruments.ts'

/** The metrics of one server process. */
export interface Metrics extends MetricsPage {
  note: Watch['note']
  ended(call: EndedCall): void
  /** Reads the state of the core at each scrape. */
  observe(core: Pick<Core, 'readLoad' | 'takeCensus' | 'listProviders'>): void
}

/**
 * Makes the metrics of a process, in a registry of their own.
 *
 * A scrape reads the state of the process, and that of the database at most once per ten seconds. It works without the
 * database: what is in there is then left out, and `latchkey_database_up` is 0.
 */
export function createMetrics(token: string | null): Metrics {
  const registry = new Registry()
  const codes = Object.entries(REFUSALS).map(([code, words]) => ('as' in words ? words.as : code))
  const instruments = createInstruments(registry, { version: VERSION, codes })
  collectDefaultMetrics({ register: registry })
  let core: Parameters<Metrics['observe']>[0] | null = null
  return {
    token,
    note: countSignals(instruments),
    ended: (call) => countCall(instruments, call),
    observe: (opened) => {
      core = opened
      // An alert sees an increase only from a value that is there.
      for (const { id: provider } of opened.listProviders()) instruments.providerFailures.inc({ provider }, 0)
    },
    render: async () => {
      if (core) {
        setCensus(instruments, await core.takeCensus())
        setLoad(instruments, core.readLoad())
      }
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}

function countCall(instruments: Instruments, { operation, door, status, code, seconds }: EndedCall): void {
  instruments.calls.inc({ operation, door, status, code })
  instruments.callSeconds.observe({ operation }, seconds)
  if (code !== 'none') instruments.refusals.inc({ code })
}

function setLoad(instruments: Instruments, { hashes, pool, isThrottleStoreDown }: Load): void {
  instruments.hashesRunning.set(hashes.running)
  instruments.hashesWaiting.set(hashes.waiting)
  instruments.poolOpen.set(pool.open)
  instruments.poolBusy.set(pool.busy)
  instruments.poolWaiting.set(pool.waiting)
  instruments.throttleStoreDown.set(isThrottleStoreDown ? 1 : 0)
}

function setCensus(instruments: Instruments, census: Census): void {
  instruments.databaseUp.set(census.hasAnswered ? 1 : 0)
  instruments.ready.set(census.isReady ? 1 : 0)
  setKnown(instruments.clockOffset, census.clockOffsetSeconds)
  setKnown(instruments.keyAge, census.keyAgeSeconds)
  setKnown(instruments.mailsWaiting, census.mails?.waiting)
  setKnown(instruments.mailOldest, census.mails?.oldestSeconds)
  setKnown(instruments.mailsFailed, census.mails?.failed)
  setOverdue(instruments, census.overdue ?? [])
}

function setOverdue(instruments: Instruments, tables: Overdue[]): void {
  const { dueRows, oldestDue, swept, purged, overdue } = instruments
  for (const gauge of [dueRows, oldestDue, swept, purged, overdue]) gauge.reset()
  for (const { table, ...found } of tables) {
    dueRows.set({ table }, found.dueRows)
    oldestDue.set({ table }, found.oldestDueSeconds ?? 0)
    if (found.sweptSecondsAgo !== null) swept.set({ table }, found.sweptSecondsAgo)
    purged.set({ table }, found.purgedRows)
    overdue.set({ table }, found.isOverdue ? 1 : 0)
  }
}

/** A value that is not known is left out: an old one or a 0 would say that all is well. */
function setKnown(gauge: Gauge, value: number | null | undefined): void {
  if (value === null || value === undefined) gauge.remove()
  else gauge.set(value)
}
