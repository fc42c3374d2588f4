import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AHEAD,
  BOUND,
  type Case,
  KEY,
  KEYED,
  OTHER_KEY,
  type Presented,
  presentTo,
  ROTATED,
  WITHIN_GRACE,
} from '../../../tests/support/presented-session.ts'
import { newEvent, rowsOf } from '../../../tests/support/rows.ts'
import { deleteReplayedSession, findSessionState } from './replay.ts'
import { restartGrace } from './restart-grace.ts'
import { rotateSession } from './rotate.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

const present = <T>(statement: (presented: Presented) => Promise<T>, given: Case) =>
  presentTo(rows, statement, given)

describe('restartGrace', () => {
  const restart = async (presented: Presented) => {
    await restartGrace(test.ctx.db, test.ctx.clock, presented)
    const [row] = await test.database.sql`
      select rotated_at > ${ROTATED.rotated_at} as restarted from sessions where id = ${presented.sessionId}`
    return row?.restarted
  }

  it('counts the grace of a rotation from now', async () => {
    expect(await present(restart, {})).toBe(true)
  })

  it.each([
    ['of another user', { isOfAnother: true }],
    ['to another generation', { presented: { generation: 2 } }],
  ] satisfies [string, Case][])('leaves a rotation: %s', async (_, given) => {
    expect(await present(restart, given)).toBe(false)
  })
})

describe('a rotation that another transaction has not committed', () => {
  /** Presents a token while another transaction holds the row, and returns when that transaction has ended. */
  async function meanwhile(
    presented: Presented,
    work: () => Promise<unknown>,
    change: object,
  ): Promise<Date> {
    const { sql, waitForBlocked } = test.database
    const begun = await sql.begin(async (tx) => {
      await tx`update sessions set ${tx(change as Record<string, string>)} where id = ${presented.sessionId}`
      const done = work()
      await Promise.race([waitForBlocked(), done])
      const [row] = await sql`select clock_timestamp() as now`
      return { done, at: row?.now as Date }
    })
    await begun.done
    return begun.at
  }
  const readRotatedAt = async ({ sessionId }: Presented) => {
    const [row] = await test.database.sql`select rotated_at from sessions where id = ${sessionId}`
    return row?.rotated_at as Date
  }

  it('is waited for, and the grace that begins then is counted from the end of the wait', async () => {
    await present(async (presented) => {
      const rotate = () => rotateSession(test.ctx.db, test.ctx.clock, presented)
      const at = await meanwhile(presented, rotate, { ip: '203.0.113.9' })
      expect(Number(await readRotatedAt(presented))).toBeGreaterThanOrEqual(Number(at))
    }, {})
  })

  it('is waited for by the restart of its grace', async () => {
    await present(async (presented) => {
      const restart = () => restartGrace(test.ctx.db, test.ctx.clock, { ...presented, generation: 4 })
      const at = await meanwhile(presented, restart, { generation: 4 })
      expect(Number(await readRotatedAt(presented))).toBeGreaterThanOrEqual(Number(at))
    }, {})
  })
})

describe('deleteReplayedSession', () => {
  const end = (presented: Presented) =>
    deleteReplayedSession(test.ctx.db, test.ctx.clock, { ...presented, event: newEvent() })

  it.each([
    [
      'that was replaced twice',
      { session: { ...KEYED, ...WITHIN_GRACE }, presented: { generation: 1, rotationKey: KEY } },
    ],
    ['after the grace', { presented: { generation: 2 } }],
    ['with another key', { session: KEYED, presented: { generation: 2, rotationKey: OTHER_KEY } }],
    ['without a grace', { session: AHEAD, presented: { generation: 2, graceSeconds: 0 } }],
  ] satisfies [string, Case][])('ends the session of a replaced token: %s', async (_, given) => {
    expect(await present(end, given)).toBe(true)
  })

  it.each([
    ['of another user', { isOfAnother: true, presented: { generation: 1 } }],
    ['that is current', {}],
    ['within the grace', { session: WITHIN_GRACE, presented: { generation: 2 } }],
    ['with the key of the last rotation', { session: KEYED, presented: { generation: 2, rotationKey: KEY } }],
    ['of a session with a key', { session: BOUND, presented: { generation: 1 } }],
  ] satisfies [string, Case][])('leaves the session of a token: %s', async (_, given) => {
    expect(await present(end, given)).toBe(false)
  })
})

describe('findSessionState', () => {
  const find = (presented: Presented) => findSessionState(test.ctx.db, test.ctx.clock, presented)

  it('reads the session that is named', async () => {
    const session = await present(
      async (presented) => [presented.sessionId, await find(presented)] as const,
      {},
    )
    expect(session[1]).toMatchObject({ sessionId: session[0], isWithinGrace: false, isOfKey: false })
  })

  it('finds no session of another user', async () => {
    expect(await present(find, { isOfAnother: true })).toBeNull()
  })

  it.each([
    ['within the grace', { session: WITHIN_GRACE }, { isWithinGrace: true }],
    ['without a grace', { session: WITHIN_GRACE, presented: { graceSeconds: 0 } }, { isWithinGrace: false }],
    [
      'with the key of the last rotation',
      { session: KEYED, presented: { rotationKey: KEY } },
      { isOfKey: true },
    ],
    ['with another key', { session: KEYED, presented: { rotationKey: OTHER_KEY } }, { isOfKey: false }],
  ] satisfies [string, Case, object][])('tells a token apart: %s', async (_, given, state) => {
    expect(await present(find, given)).toMatchObject(state)
  })
})
