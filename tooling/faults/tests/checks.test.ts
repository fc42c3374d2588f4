import { expect, it, vi } from 'vitest'
import { checkMails } from '../src/checks/check-mails.ts'
import { chooseKinds } from '../src/faults/choose-kinds.ts'
import { createLedger } from '../src/ledger/ledger.ts'
import { readOptions } from '../src/options.ts'
import { type ObservedFetch, observeFetch } from '../src/people/observed-fetch.ts'
import type { Person } from '../src/people/person.ts'
import { isRefusedElsewhere } from '../src/people/probe.ts'
import { createRefreshLog } from '../src/people/refresh-log.ts'
import { judgeSignOut } from '../src/people/sign-in.ts'
import { present, stealBound } from '../src/people/thief.ts'
import { createUncertain } from '../src/people/uncertain.ts'
import { createRandom } from '../src/random.ts'
import { findSlope } from '../src/slope.ts'
import type { RelayMail } from '../src/world/relay.ts'

const CALL = { who: 'client-1', method: 'POST', path: '/refresh/', from: 100, to: 200 }
const MAIL: RelayMail = {
  id: '1',
  to: 'a@example.com',
  kind: 'reset',
  key: 'k',
  at: 50_000,
  isAnswered: true,
}

function kindsOf(ledger: ReturnType<typeof createLedger>): string[] {
  return ledger.findings.map(({ kind }) => kind)
}

it.each([
  [0, ['failed_without_a_fault']],
  [200, []],
  [401, []],
  [429, ['answer_429']],
  [500, ['answer_500']],
  [502, ['failed_without_a_fault']],
  [503, ['failed_without_a_fault']],
])('an answer of %d while no fault stands gives the findings %o', (status, expected) => {
  const ledger = createLedger()
  ledger.call({ ...CALL, status })
  expect(kindsOf(ledger)).toEqual(expected)
})

it.each([
  [false, ['failed_without_a_fault', 'failed_without_a_fault']],
  [true, ['failed_without_a_fault']],
])(
  'a call past the deadline of the server is a finding, unless the machine is busy: %s',
  (isBusy, expected) => {
    const ledger = createLedger(() => isBusy)
    ledger.call({ ...CALL, status: 503, to: 6000 })
    ledger.call({ ...CALL, status: 503, path: '/user/' })
    expect(kindsOf(ledger)).toEqual(expected)
  },
)

it('a fault explains a call without an answer, and never a 500', () => {
  const ledger = createLedger()
  Object.assign(ledger.beginFault('database_killed', 'database'), { from: 50, to: 60, recoveredAt: 70 })
  for (const status of [0, 502, 503, 504, 500]) ledger.call({ ...CALL, status })
  ledger.call({ ...CALL, status: 503, from: 60_000, to: 60_010 })
  ledger.call({ ...CALL, status: 503, from: 10, to: 20 })
  expect(kindsOf(ledger)).toEqual(['answer_500', 'failed_without_a_fault', 'failed_without_a_fault'])
})

it('a 500 in the answer to a thief or to a probe is a finding', async () => {
  const ledger = createLedger()
  const statuses = [500, 401, 500]
  vi.stubGlobal('fetch', async () => Response.json({}, { status: statuses.shift() ?? 401 }))
  const town = { url: 'http://localhost', fetch: observeFetch('stranger', ledger).fetch }
  expect(await present(town, 'stolen')).toBe('refused')
  expect(await isRefusedElsewhere({ town }, '/login/', {})).toBe(null)
  vi.unstubAllGlobals()
  expect(kindsOf(ledger)).toEqual(['answer_500', 'answer_500'])
})

it('a call beside which no fault stood is counted', () => {
  const ledger = createLedger()
  Object.assign(ledger.beginFault('database_killed', 'database'), { from: 50, to: 60, recoveredAt: 70 })
  ledger.call({ ...CALL, status: 200 })
  expect(ledger.calmCalls).toBe(0)
  ledger.call({ ...CALL, status: 200, from: 60_000, to: 60_010 })
  expect(ledger.calmCalls).toBe(1)
})

it('a refused refresh is a late retry only when its token had no answer longer ago than the grace', () => {
  const now = vi.spyOn(performance, 'now')
  const at = (time: number) => now.mockReturnValue(time)
  const log = createRefreshLog()
  at(0)
  const lost = log.begin('one')
  at(10)
  lost(0)
  at(900)
  const refused = log.begin('one')
  at(950)
  refused(401)
  expect(log.isLateRetry(1000)).toBe(false)
  expect(log.isLateRetry(900)).toBe(true)
  const other = log.begin('two')
  at(9000)
  other(401)
  expect(log.isLateRetry(900)).toBe(false)
  now.mockRestore()
})

it.each([
  ['rest', 'signed_out_by_late_retry', []],
  ['client', null, ['signed_out_wrongly']],
  ['bound', null, ['signed_out_wrongly']],
] as const)(
  'a sign-out by a late retry of "%s": an exception %o, findings %o',
  (kind, exception, findings) => {
    const ledger = createLedger()
    const observed = {
      refreshes: { isLateRetry: () => true, tell: () => 'its attempts' },
      forget: () => undefined,
    }
    const person = {
      town: { ledger, graceSeconds: 30 },
      door: { kind },
      observed,
      isInSession: true,
      ending: null,
    }
    judgeSignOut(person as unknown as Person)
    if (exception) expect(ledger.exceptions.of(exception)).toBe(1)
    expect(kindsOf(ledger)).toEqual(findings)
  },
)

it.each([
  [401, []],
  [200, ['bound_session_robbed']],
])(
  'a stolen token of a bound session that gets %d without its key gives the findings %o',
  async (status, findings) => {
    const ledger = createLedger()
    const claims = Buffer.from(JSON.stringify({ session: 'one', generation: 3 })).toString('base64url')
    const fetch = async () => Response.json({ refresh: 'new' }, { status })
    const owner = { name: 'bound-1', observed: { held: () => `e.${claims}.s` } as ObservedFetch }
    await stealBound({ url: 'http://localhost', fetch, ledger }, owner)
    expect(kindsOf(ledger)).toEqual(findings)
    expect(ledger.acts.of('theft_bound_refused')).toBe(status === 401 ? 1 : 0)
  },
)

it('a mail that came twice is a finding, unless its answer was lost or a fault kept it from being recorded', () => {
  const asked = [{ to: MAIL.to, kind: MAIL.kind, acknowledged: 1, unanswered: 0 }]
  const doubled = createLedger()
  checkMails(doubled, [MAIL, { ...MAIL, at: 60_000 }], asked)
  expect(kindsOf(doubled)).toEqual(['mail_doubled'])
  const lost = createLedger()
  checkMails(
    lost,
    [
      { ...MAIL, isAnswered: false },
      { ...MAIL, at: 60_000 },
    ],
    asked,
  )
  expect(kindsOf(lost)).toEqual([])
  expect(lost.exceptions.of('mail_again_after_a_lost_answer')).toBe(1)
})

it('a mail that nobody asked for, and one that did not come, are findings', () => {
  const ledger = createLedger()
  checkMails(ledger, [MAIL], [{ to: MAIL.to, kind: MAIL.kind, acknowledged: 0, unanswered: 0 }])
  checkMails(ledger, [], [{ to: MAIL.to, kind: MAIL.kind, acknowledged: 1, unanswered: 3 }])
  expect(kindsOf(ledger)).toEqual(['mail_not_asked_for', 'mail_lost'])
})

it('a write without an answer is one of the values until it can be done no more', () => {
  const value = createUncertain('a')
  value.expect('b')
  expect(value.candidates()).toEqual(['b', 'a'])
  value.expect('c')
  value.settle('c')
  expect([value.has('b'), value.has('a'), value.newest()]).toEqual([true, false, 'c'])
})

it('a seed repeats its numbers', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return [random.int(1, 6), random.pick(['a', 'b', 'c']), ...random.shuffle([1, 2, 3, 4, 5])]
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

it('the trend of a heap is its median slope', () => {
  expect(findSlope([])).toBe(0)
  expect(
    findSlope([
      [0, 0],
      [1, 2],
      [2, 4],
      [3, 900],
      [4, 8],
    ]),
  ).toBe(2)
})

it('an unknown kind of fault is refused before anything is started, with the names of all', () => {
  expect(() => chooseKinds({ program: '', kinds: ['nix'] })).toThrow(
    /no kind of fault "nix"; choose from .*server_killed/,
  )
})

it.each([
  [['--minutes', 'x'], '--minutes takes a number from 0.05 to 1440, not "x".'],
  [['--instances', '1'], '--instances takes a whole number from 2 to 8, not "1".'],
  [['--grace', '601'], '--grace takes a whole number from 0 to 600, not "601".'],
  [['--seed', '1.5'], '--seed takes a whole number from 0 to 2147483648, not "1.5".'],
  [['--rolling', '--memory'], 'Choose --rolling or --memory.'],
])('the words %o are refused in a sentence', (words, sentence) => {
  expect(() => readOptions(words)).toThrow(sentence)
})
