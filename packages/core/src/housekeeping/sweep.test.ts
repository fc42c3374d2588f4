import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../tests/support/rows.ts'
import { createClock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'
import { takeLease } from '../tables/leases/statements.ts'
import { DAY_SECONDS, HOUR_SECONDS } from '../words/time.ts'
import { type SweepOptions, sweep } from './sweep.ts'
import type { Walk } from './walk.ts'

const LEASE = { name: 'housekeeping', holder: newId(), seconds: 60 }

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.sql`delete from leases`
  await test.database.sql`delete from sweeps`
  await takeLease(test.ctx.db, test.ctx.clock, LEASE)
})

/** A walk through so many rows. It notes how many rows each batch may examine. */
function walkThrough(rows: number, failures = 0): { walk: Walk; asked: number[] } {
  const asked: number[] = []
  let left = rows
  const work: Walk['work'] = async (_, place) => {
    asked.push(place.rows)
    if (asked.length <= failures) throw new Error('It took too long.')
    const examined = Math.min(left, place.rows)
    left -= examined
    return { examined, purged: 0, last: [String(left)] }
  }
  return { walk: { name: 'walk', work }, asked }
}

const run = (walk: Walk, changes: Partial<SweepOptions> = {}) =>
  sweep(walk, {
    ...test.ctx,
    ...{ auditRetentionSeconds: DAY_SECONDS, batchRows: 8, lease: LEASE, isForced: false },
    signal: new AbortController().signal,
    ...changes,
  })
const elsewhere = (seconds: number) => ({ clock: createClock({ seconds }) })

describe('a sweep that came to its end', () => {
  it('rests for an hour unless it is forced', async () => {
    expect(await run(walkThrough(5).walk)).toMatchObject({ end: 'complete', examined: 5 })
    expect(await run(walkThrough(5).walk)).toBeNull()
    expect(await run(walkThrough(5).walk, { isForced: true })).toMatchObject({ end: 'complete' })
    expect(await run(walkThrough(5).walk, elsewhere(HOUR_SECONDS))).toMatchObject({ end: 'complete' })
  })

  it('rests for as long as the walk says', async () => {
    const rare = () => ({ ...walkThrough(5).walk, restSeconds: DAY_SECONDS })
    await run(rare())
    expect(await run(rare(), elsewhere(HOUR_SECONDS))).toBeNull()
    expect(await run(rare(), elsewhere(DAY_SECONDS))).toMatchObject({ end: 'complete' })
  })
})

describe('a sweep whose share is done', () => {
  const share = { shareRows: 8 }

  it('pauses, and rests for an hour', async () => {
    const walk = { ...walkThrough(20).walk, restSeconds: DAY_SECONDS }
    expect(await run(walk, share)).toMatchObject({ end: 'paused', examined: 8 })
    expect(await run(walk, share)).toBeNull()
    expect(await run(walk, { ...share, ...elsewhere(HOUR_SECONDS) })).toMatchObject({ end: 'paused' })
  })

  it('goes on to its end when it is forced', async () => {
    expect(await run(walkThrough(20).walk, { ...share, isForced: true })).toMatchObject({
      end: 'complete',
      examined: 20,
    })
  })
})

describe('a sweep that was stopped', () => {
  it('by another process, does no batch and does not rest', async () => {
    const { walk, asked } = walkThrough(5)
    const lost = { lease: { ...LEASE, holder: newId() } }
    expect(await run(walk, lost)).toMatchObject({ end: 'taken over', fault: null })
    expect(asked).toEqual([])
    expect(await run(walk)).toMatchObject({ end: 'complete' })
  })

  it('by the end of the process, does no batch and does not rest', async () => {
    const { walk, asked } = walkThrough(5)
    expect(await run(walk, { signal: AbortSignal.abort() })).toMatchObject({ end: 'paused' })
    expect(asked).toEqual([])
    expect(await run(walk)).toMatchObject({ end: 'complete' })
  })
})

describe('a batch that fails', () => {
  it('has a quarter of the rows, and the next ones twice as many again', async () => {
    const { walk, asked } = walkThrough(20, 1)
    expect(await run(walk)).toMatchObject({ end: 'complete', examined: 20 })
    expect(asked).toEqual([8, 2, 4, 8, 8])
  })

  it('has one row at least, and is given up after four attempts', async () => {
    const { walk, asked } = walkThrough(20, 9)
    expect(await run(walk)).toMatchObject({ end: 'failed', fault: new Error('It took too long.') })
    expect(asked).toEqual([8, 2, 1, 1])
  })

  it('is given up at once when the process ends', async () => {
    const ending = new AbortController()
    const { walk, asked } = walkThrough(20, 9)
    const work: Walk['work'] = (tx, place) => {
      ending.abort()
      return walk.work(tx, place)
    }
    expect(await run({ ...walk, work }, { signal: ending.signal })).toMatchObject({ end: 'failed' })
    expect(asked).toEqual([8])
  })
})

it.each([
  [true, 'failed'],
  [false, 'complete'],
] as const)('a batch has the patient database when its walk is patient: %s', async (isPatient, end) => {
  const patientDb = { transaction: () => Promise.reject(new Error('patient')) } as unknown as Database
  expect(await run({ ...walkThrough(5).walk, isPatient }, { patientDb })).toMatchObject({ end })
})
