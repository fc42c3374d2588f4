import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FigureRound, Figures, Operation } from '../src/figures/figures.ts'
import { summarizeFlood } from '../src/figures/measure-flood.ts'
import { summarizeScale } from '../src/figures/measure-scale.ts'
import { readSize } from '../src/figures/options.ts'
import { listHotFunctions } from '../src/figures/profile.ts'
import { compareContenders } from '../src/figures/ratios.ts'
import { listMissed } from '../src/figures/run-figures.ts'
import { composePage } from '../src/report/compose-page.ts'
import { drawChart } from '../src/report/draw-chart.ts'
import { formatFigures } from '../src/report/format-figures.ts'
import { writeFigures } from '../src/report/write-figures.ts'
import { median, medianRatio, summarize } from '../src/report.ts'

const roundsOf = (operation: Operation, contender: string, speeds: number[]): FigureRound[] =>
  speeds.map((perSecond) => ({
    name: `${operation}, ${contender}`,
    operation,
    contender,
    clients: 16,
    perSecond,
    p50: 1000 / perSecond,
    p99: 2000 / perSecond,
    cpu: { worker: 0.1, server: 0.5, postgres: 0.2 },
  }))

const rounds = [
  ...roundsOf('login', 'Latchkey', [90, 45, 93]),
  ...roundsOf('login', 'bare hash', [100, 50, 100]),
  ...roundsOf('user', 'Latchkey', [800, 1000, 900]),
  ...roundsOf('user', 'hand-written route', [1600, 2000, 2000]),
]

const at = (p50: number, p99: number) => ({ p50, p99, perSecond: 1 })
const figures: Figures = {
  at: '2026-11-26T20:00:00.000Z',
  command: 'npm run bench',
  machine: { cpu: 'a <fast> one', cores: 2 },
  missing: ['better-auth could not be installed: offline'],
  size: {
    clients: 16,
    rounds: 3,
    seconds: 1,
    warmUpSeconds: 1,
    starts: 1,
    accounts: { few: 1000, many: 1_000_000 },
    isProfiled: true,
  },
  lines: summarize(rounds),
  ratios: compareContenders(rounds),
  rests: [{ contender: 'Latchkey', startSeconds: 0.25, idleMib: 100.4, loadedMib: null }],
  floods: [
    summarizeFlood('Latchkey', [
      { quiet: at(1, 2), flood: { ...at(5, 30), others: 80 }, burn: { ...at(4, 10), others: 90 } },
      { quiet: at(1, 2), flood: { ...at(5, 50), others: 80 }, burn: { ...at(4, 25), others: 90 } },
      { quiet: at(1, 2), flood: { ...at(5, 80), others: 80 }, burn: { ...at(4, 20), others: 90 } },
    ]),
  ],
  scales: [summarizeScale('refresh', { few: [at(4, 8)], many: [at(5, 9)] })],
  profiles: [{ operation: 'user', functions: [{ name: 'verify', place: '', share: 0.25 }] }],
}

test('a median is the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 2, 9])).toBe(3)
})

test('a ratio is the median of the ratios of neighbouring rounds, so that one slow moment changes nothing', () => {
  expect(medianRatio([90, 45, 93], [100, 50, 100])).toBe(0.9)
  expect(medianRatio([1, 2], [1])).toBeNaN()
})

test('an operation below an aim is missed', () => {
  expect(figures.ratios.map(({ to, ratio }) => [to, ratio])).toEqual([
    ['bare hash', 0.9],
    ['hand-written route', 0.5],
  ])
  expect(listMissed(figures.ratios)).toEqual(['login', 'user'])
  expect(
    listMissed([{ operation: 'login', of: 'Latchkey', to: 'bare hash', ratio: 0.92, aim: 0.92 }]),
  ).toEqual([])
})

test('the ratio of a flood is the median of the 99th percentiles in pairs', () => {
  expect(figures.floods[0]).toMatchObject({ ratio: 3, flood: { p99: 50 }, burn: { p99: 20 } })
})

test('the ratio of accounts is that of the medians', () => {
  expect(figures.scales[0]).toMatchObject({ ratio: 1.25, few: { p50: 4 }, many: { p50: 5 } })
})

test('a profile counts the busy time of the load alone, and adds up the calls of one function', () => {
  const node = (id: number, functionName: string) => ({
    id,
    callFrame: { functionName, url: '', lineNumber: 0, columnNumber: 0 },
  })
  const nodes = [node(1, '(root)'), node(2, '(idle)'), node(3, 'sign'), node(4, 'sign'), node(5, 'write')]
  const profile = {
    nodes,
    samples: [5, 1, 2, 3, 4, 5],
    timeDeltas: [900_000, 200_000, 500, 200, 400, 200],
  }
  expect(listHotFunctions(profile, () => null, 1)).toEqual([
    { name: 'sign', place: '', share: 0.75 },
    { name: 'write', place: '', share: 0.25 },
  ])
})

test('the page and the terminal say what was seen, which aims were missed, and what was not measured', () => {
  for (const text of [composePage(figures), formatFigures(figures)]) {
    expect(text).toContain('npm run bench')
    expect(text).toContain('2026-11-26')
    expect(text).toContain('better-auth could not be installed')
    expect(text).toMatch(/bare hash\W+0\.90\W+0\.92 or more\W+no/)
    expect(text).toMatch(/beside a burn of the processor\W+3\.00\W+3 or less\W+yes/)
    expect(text).toContain('unknown')
  }
})

test('the chart has a bar for each contender, as long as its speed', () => {
  const widths = [...drawChart(figures).matchAll(/height="20" fill[^>]*>/g)]
  expect(widths).toHaveLength(4)
  const [, long, short] =
    /width="([\d.]+)" height="20" fill="#2f6fde".*width="([\d.]+)"/s.exec(drawChart(figures)) ?? []
  expect(Number(long)).toBeGreaterThan(0)
  expect(Number(short)).toBeGreaterThan(0)
})

test('figures with a round without answers are not written into the documentation', async () => {
  const ratios = [{ operation: 'login', of: 'Latchkey', to: 'better-auth', ratio: Infinity, aim: 6 } as const]
  await expect(writeFigures({ ...figures, ratios }, true)).rejects.toThrow('more --seconds')
})

test.each([
  ['--rounds', '0'],
  ['--accounts', 'many'],
  ['--fast', ''],
])('the argument %s %s is refused with its name', (name, value) => {
  expect(() => readSize([name, value])).toThrow(name)
})

test('without arguments a run has its full size and writes no page', () => {
  expect(readSize([])).toMatchObject({ isWritten: false, size: { accounts: { few: 1000, many: 1_000_000 } } })
  expect(readSize(['--accounts', '0', '--write'])).toMatchObject({
    isWritten: true,
    size: { accounts: null },
  })
})

test('the page of the documentation is the one that its figures give', () => {
  const docs = join(import.meta.dirname, '../../docs')
  const json = join(import.meta.dirname, '../generated/benchmark.json')
  const seen: Figures = JSON.parse(readFileSync(json, 'utf8'))
  expect(readFileSync(join(docs, 'benchmark.md'), 'utf8')).toBe(composePage(seen))
  expect(readFileSync(join(docs, 'benchmark.svg'), 'utf8')).toBe(drawChart(seen))
})
