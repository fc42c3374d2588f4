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
  WITHIN_GRACE,
} from '../../../tests/support/presented-session.ts'
import { inSeconds, rowsOf } from '../../../tests/support/rows.ts'
import { answerLate } from './late.ts'
import { repeatRotation } from './repeat.ts'
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

const EXPIRED: Record<string, Case> = {
  'after the idle end': { session: { idle_expires_at: inSeconds(-1) } },
  'after the last end': { session: { absolute_expires_at: inSeconds(-1) } },
}
const OF_USER: Record<string, Case> = {
  'of another user': { isOfAnother: true },
  'of a deactivated user': { user: { is_active: false } },
  'of an address that must be verified and is not': { user: { email_verified: false } },
}

/** Adds what all cases share to each of them. */
function over(base: Case, cases: Record<string, Case>): [string, Case][] {
  return Object.entries(cases).map(([name, { user, session, presented, isOfAnother }]) => [
    name,
    {
      user: { ...base.user, ...user },
      session: { ...base.session, ...session },
      presented: { ...base.presented, ...presented },
      ...(isOfAnother && { isOfAnother }),
    },
  ])
}

describe('rotateSession', () => {
  const rotate = (presented: Presented) => rotateSession(test.ctx.db, test.ctx.clock, presented)

  it.each(
    Object.entries({
      'as it is': {},
      'for the first time': { session: { rotated_at: null } },
      'before its last end': { session: { absolute_expires_at: inSeconds(3600) } },
      'of an address that need not be verified': {
        user: { email_verified: false },
        presented: { verifiedOnly: false },
      },
      'at once without a grace, also after the clock was put back': {
        session: AHEAD,
        presented: { graceSeconds: 0 },
      },
      'with the proof of its key': { session: BOUND, presented: { jkt: BOUND.jkt } },
      'with another key of the caller': { session: KEYED, presented: { rotationKey: OTHER_KEY } },
    } satisfies Record<string, Case>),
  )('moves a session on: %s', async (_, given) => {
    expect(await present(rotate, given)).toMatchObject({ generation: 4 })
  })

  it.each(
    Object.entries({
      ...OF_USER,
      ...EXPIRED,
      'of an older generation': { presented: { generation: 2 } },
      'of a newer generation': { presented: { generation: 4 } },
      'within the grace': { session: WITHIN_GRACE },
      'without the proof of its key': { session: BOUND },
      'with the proof of another key': { session: BOUND, presented: { jkt: 'other' } },
      'with the key of its last rotation': { session: KEYED, presented: { rotationKey: KEY } },
    } satisfies Record<string, Case>),
  )('leaves a session: %s', async (_, given) => {
    expect(await present(rotate, given)).toBeNull()
  })
})

describe.each([
  ['a proof', { session: BOUND, presented: { jkt: BOUND.jkt, generation: 1 } }],
  ['the key of the last rotation', { session: KEYED, presented: { rotationKey: KEY, generation: 2 } }],
] satisfies [string, Case][])('answerLate for %s', (_, base) => {
  const answer = (presented: Presented) => answerLate(test.ctx.db, test.ctx.clock, presented)

  it.each(
    over(base, {
      'as it is': {},
      'of an address that need not be verified': {
        user: { email_verified: false },
        presented: { verifiedOnly: false },
      },
      'before its last end': { session: { absolute_expires_at: inSeconds(3600) } },
    }),
  )('gives tokens: %s', async (_, given) => {
    expect(await present(answer, given)).toMatchObject({ generation: 3 })
  })

  it.each(over(base, { ...OF_USER, ...EXPIRED, current: { presented: { generation: 3 } } }))(
    'gives none: %s',
    async (_, given) => {
      expect(await present(answer, given)).toBeNull()
    },
  )
})

describe('answerLate', () => {
  it.each([
    ['neither proof nor key', { presented: { generation: 2 } }],
    ['another proof', { session: BOUND, presented: { jkt: 'other', generation: 1 } }],
    [
      'the key, and a proof is missing',
      { session: { ...BOUND, ...KEYED }, presented: { rotationKey: KEY, generation: 2 } },
    ],
    ['another key', { session: KEYED, presented: { rotationKey: OTHER_KEY, generation: 2 } }],
    ['the key, for an older generation', { session: KEYED, presented: { rotationKey: KEY, generation: 1 } }],
  ] satisfies [string, Case][])('gives no tokens for %s', async (_, given) => {
    const answer = (presented: Presented) => answerLate(test.ctx.db, test.ctx.clock, presented)
    expect(await present(answer, given)).toBeNull()
  })
})

describe('repeatRotation', () => {
  const repeat = (presented: Presented) => repeatRotation(test.ctx.db, test.ctx.clock, presented)
  const base = { presented: { generation: 5 } }

  it.each(
    over(base, {
      'as it is': {},
      'after the idle end': { session: { idle_expires_at: inSeconds(-1) } },
      'before its last end': { session: { absolute_expires_at: inSeconds(3600) } },
      'with the proof of its key': { session: BOUND, presented: { jkt: BOUND.jkt } },
    }),
  )('moves a session to the generation of a newer token: %s', async (_, given) => {
    expect(await present(repeat, given)).toBe(true)
  })

  it.each(
    over(base, {
      'of another user': { isOfAnother: true },
      'after the last end': { session: { absolute_expires_at: inSeconds(-1) } },
      'of the generation of the session': { presented: { generation: 3 } },
      'of an older generation': { presented: { generation: 2 } },
      'without the proof of its key': { session: BOUND },
      'with the proof of another key': { session: BOUND, presented: { jkt: 'other' } },
    }),
  )('leaves a session: %s', async (_, given) => {
    expect(await present(repeat, given)).toBe(false)
  })
})
