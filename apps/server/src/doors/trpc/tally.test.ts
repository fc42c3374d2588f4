import type { ResolvedOperation } from '@latchkey/contract'
import type { Context, Identity } from '@latchkey/core'
import { describe, expect, it } from 'vitest'
import { createTally, type Tally } from './tally.ts'

const CALLER = {
  userId: 'the user',
  sessionId: 'the session',
  sessionCreatedAt: new Date(0),
} as never as Identity

type Course = (tally: Tally) => Promise<void>

/** The counters that a call fills. */
async function countersOf(operation: Partial<ResolvedOperation>, course: Course): Promise<string[]> {
  const counters: string[] = []
  const core = {
    client: { ip: null },
    throttle: { count: async (limit: string, key: string) => counters.push(`${limit}: ${key}`) },
  } as never as Context
  await course(
    createTally(core, { operationId: 'op', access: 'anonymous', ...operation } as ResolvedOperation),
  )
  return counters.map((counter) => counter.replace(/ ?unknown$/, ''))
}

const refused: Course = (tally) => tally.finish()
const malformed =
  (caller: Identity | null): Course =>
  async (tally) => {
    await tally.admit(caller)
    await tally.finish()
    await tally.finish()
  }
const wellFormed =
  (caller: Identity | null): Course =>
  async (tally) => {
    await tally.admit(caller)
    await tally.reach()
    await tally.finish()
  }

const ANYONE = /^anon:$/
const SESSION = /^user: (?!op|refused).+/
const REFUSED = /^user: refused /

describe('a call that was not admitted', () => {
  it('is not counted here: the guard counted it', async () => {
    expect(await countersOf({}, refused)).toEqual([])
    expect(await countersOf({ protects: true }, refused)).toEqual([])
    expect(await countersOf({}, (tally) => tally.reach())).toEqual([])
  })
})

describe('a call of a usual operation', () => {
  it.each([
    ['without a token', null, ANYONE],
    ['in a session', CALLER, SESSION],
  ] as const)('%s is counted once, however it goes on', async (_case, caller, counter) => {
    for (const course of [malformed(caller), wellFormed(caller)])
      expect(await countersOf({}, course)).toEqual([expect.stringMatching(counter)])
  })

  it('is counted as soon as it is admitted', async () => {
    expect(await countersOf({}, (tally) => tally.admit(CALLER))).toEqual([expect.stringMatching(SESSION)])
  })
})

describe('a call of a protecting operation', () => {
  it.each([
    ['without a token', null, ANYONE, /^anon: op$/],
    ['in a session', CALLER, SESSION, /^user: op .+/],
  ] as const)('%s has a counter of its own when it is well-formed', async (_case, caller, usual, own) => {
    expect(await countersOf({ protects: true }, malformed(caller))).toEqual([expect.stringMatching(usual)])
    expect(await countersOf({ protects: true }, wellFormed(caller))).toEqual([expect.stringMatching(own)])
  })

  it('is not counted before its input was read', async () => {
    expect(await countersOf({ protects: true }, (tally) => tally.admit(null))).toEqual([])
  })
})

describe('a call that the core counts', () => {
  const operation = { countedBy: 'its session' } as never as Partial<ResolvedOperation>

  it('is counted here only when it is malformed', async () => {
    expect(await countersOf(operation, malformed(null))).toEqual([expect.stringMatching(ANYONE)])
    expect(await countersOf(operation, wellFormed(null))).toEqual([])
  })

  it('counts as a refused token when it is a malformed sign-out', async () => {
    const leaving = { ...operation, access: 'logout' } as const
    expect(await countersOf(leaving, malformed(CALLER))).toEqual([expect.stringMatching(REFUSED)])
    expect(await countersOf(leaving, wellFormed(CALLER))).toEqual([])
  })
})
