import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDiff } from '../src/changed-lines.ts'
import { createTestChooser } from '../src/choose-tests.ts'
import { findMutants, nameMutant } from '../src/find-mutants.ts'
import { FIRST_JUDGES, GUARDS, NO_GUARDS } from '../src/guards.ts'
import { readImporters } from '../src/import-graph.ts'
import { type Trial, tryMutants } from '../src/try-mutants.ts'
import { countVerdicts, openRecord, readSurvivors } from '../src/verdicts.ts'

const ROOT = join(import.meta.dirname, '../../..')
const TEXT = 'function guard() { if (isOld) throw refusal; count(call) }'
const mutants = findMutants('guard.ts', TEXT)
const A_TEST = { test: 'a.test.ts', digest: 'a' }
const [DROPPED = '', UNCOUNTED = ''] = mutants.map(nameMutant)

/** A trial in memory: the judge looks at the text that was written last. */
function makeTrial(failsFor: (text: string) => string | null, changes: Partial<Trial> = {}) {
  const written = [TEXT]
  const runs: string[][] = []
  const trial: Trial = {
    judge: {
      forget: () => {},
      findFailure: async (tests) => {
        runs.push([...tests])
        const file = failsFor(written.at(-1) ?? '')
        return file !== null && tests.includes(file) ? { file, test: 'holds' } : null
      },
      listFailures: async () => [],
      close: async () => {},
    },
    scratch: { folder: '', write: (_, text) => written.push(text), remove: () => {} },
    chooseTests: () => ['a.test.ts', 'b.test.ts', 'c.test.ts', 'd.test.ts'],
    nearest: 40,
    survivors: new Map(),
    record: openRecord(undefined),
    read: () => TEXT,
    isTimeOver: () => false,
    report: () => {},
    ...changes,
  }
  return { trial, written, runs }
}

describe('a run', () => {
  it('tells the mutants that a test notices from those that none does', async () => {
    const { trial, written, runs } = makeTrial((text) => (text.includes('if (false)') ? 'd.test.ts' : null))
    const verdicts = await tryMutants(mutants, trial)
    expect(verdicts.map(({ name, verdict, by }) => [name, verdict, by])).toEqual([
      [DROPPED, 'noticed', 'd.test.ts: holds'],
      [UNCOUNTED, 'survived', undefined],
    ])
    expect(written.at(-1)).toBe(TEXT)
    expect(runs[0]).toEqual(['a.test.ts', 'b.test.ts', 'c.test.ts'])
  })

  it('does not believe a test that fails without the mutant too', async () => {
    const { trial } = makeTrial(() => 'a.test.ts')
    expect((await tryMutants(mutants, trial)).map(({ verdict }) => verdict)).toEqual(['survived', 'survived'])
  })

  it('leaves out what has a reason, and what the time does not allow', async () => {
    const { trial } = makeTrial(() => null, {
      survivors: new Map([[DROPPED, 'a reason']]),
      isTimeOver: () => true,
    })
    const verdicts = await tryMutants(mutants, trial)
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'untried'])
    expect(countVerdicts(verdicts)).toEqual({
      noticed: 0,
      survived: 0,
      accepted: 1,
      untried: 1,
      percent: 100,
    })
  })
})

it('a record keeps verdicts, and the test files that passed, for a run that goes on', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'mutants-')), 'record')
  const verdict = { name: DROPPED, line: 1, verdict: 'noticed' as const, by: 'd.test.ts: holds' }
  const first = openRecord(path)
  first.addPass(DROPPED, A_TEST)
  first.add(verdict)
  const next = openRecord(path)
  expect(next.find(DROPPED)).toEqual(verdict)
  expect(next.find(UNCOUNTED)).toBeUndefined()
  expect(next.hasPassed(DROPPED, A_TEST)).toBe(true)
  expect(next.hasPassed(UNCOUNTED, A_TEST)).toBe(false)
  // A test file that has changed is tried again.
  expect(next.hasPassed(DROPPED, { ...A_TEST, digest: 'other' })).toBe(false)
  expect([...next.countNoticed('guard.ts')]).toEqual([['d.test.ts', 1]])
  expect([...next.countNoticed('other.ts')]).toEqual([])
})

describe('the tests of a guard', () => {
  const choose = createTestChooser(ROOT, readImporters(ROOT))

  it('begin with the test beside it', () => {
    expect(choose('packages/core/src/operations/auth/login.ts')[0]).toBe(
      'packages/core/src/operations/auth/login.test.ts',
    )
  })

  it('reach through the imports of packages', () => {
    expect(choose('packages/core/src/steps/authenticate.ts')).toContain('apps/server/tests/guard.test.ts')
  })
})

describe('the lists', () => {
  const guards = globSync([...GUARDS], { cwd: ROOT, exclude: [...NO_GUARDS] })

  it.each(GUARDS)('%s names files that exist', (pattern) => {
    expect(guards.filter((file) => matchesGlob(file, pattern))).not.toEqual([])
  })

  it('name tests that exist', () => {
    const tests = FIRST_JUDGES.flatMap((entry) => entry.tests)
    expect(tests.filter((test) => !existsSync(join(ROOT, test)))).toEqual([])
  })

  it('excuse only mutants that exist, each with a reason', () => {
    const survivors = readSurvivors(join(ROOT, 'tooling/mutants/survivors.json'))
    const names = new Set(
      guards.flatMap((file) => findMutants(file, readFileSync(join(ROOT, file), 'utf8'))).map(nameMutant),
    )
    expect([...survivors.keys()].filter((name) => !names.has(name))).toEqual([])
    for (const [name, reason] of survivors) expect(reason.length, name).toBeGreaterThan(20)
  })
})

it('the changed lines are read from a diff without context', () => {
  const diff = [
    '+++ b/a.ts',
    '@@ -1,2 +3,2 @@ x',
    '+a',
    '+b',
    '@@ -9 +10,0 @@',
    '-c',
    '+++ b/b.ts',
    '@@ -1 +1 @@',
    '+d',
  ]
  expect([...parseDiff(diff.join('\n'))].map(([file, lines]) => [file, [...lines]])).toEqual([
    ['a.ts', [3, 4, 10, 11]],
    ['b.ts', [1]],
  ])
})

it('`npm run mutants -- --list` lists the mutants of a file', () => {
  const main = join(ROOT, 'tooling/mutants/src/main.ts')
  const output = execFileSync(process.execPath, [main, '--list', 'doors/trpc/guards'], {
    cwd: ROOT,
  }).toString()
  expect(output).toMatch(
    /^apps\/server\/src\/doors\/trpc\/guards\.ts:\d+ call: await tally\.admit\(null\) -> ;$/m,
  )
})
