import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { applyMutant, findMutants } from '../src/find-mutants.ts'
import { GUARDS, NO_GUARDS } from '../src/guards.ts'
import { instrument } from '../src/instrument.ts'
import { turnOn } from '../src/turn-on.ts'

const ROOT = join(import.meta.dirname, '../../..')

function number(text: string) {
  return findMutants('guard.ts', text).map((mutant, id) => ({ ...mutant, id }))
}

/** Runs a text with one mutant on, and returns what its `seen` holds in the end. */
function run(text: string, active: number, limitMilliseconds = Number.POSITIVE_INFINITY): unknown[] {
  const holder = globalThis as { latchkeyMutants?: (id: number) => boolean }
  holder.latchkeyMutants = turnOn(active, limitMilliseconds)
  try {
    return new Function(`const seen = []\n${text}\nreturn seen`)() as unknown[]
  } finally {
    delete holder.latchkeyMutants
  }
}

it.each([
  'const old = true\nif (old && seen.length < 1) seen.push(1)\nelse seen.push(2)',
  'const note = (word) => seen.push(word)\nnote(1)\nnote(2)\nif (seen.length > 1) note(3)',
  'const and = (...terms) => terms.filter(Boolean)\nseen.push(and(1, and(2, 3)))\nseen.push(Math.min(4, 5))',
  'const list = { items: [1], where() { return this }, limit() { return seen } }\nlist.where(1).limit(1)\nlist.limit(1)',
  'const isMine = () => seen.length === 0\nfor (const _ of [1, 2]) { if (!isMine()) break; seen.push(isMine()) }',
  'try { seen.push(1); throw new Error() } catch { seen.push(2) }',
])('a text with all mutants does with one of them on what a text with that mutant alone does: %s', (text) => {
  const mutants = number(text)
  const all = instrument(text, mutants)
  expect(mutants.length).toBeGreaterThan(0)
  expect(run(all, -1)).toEqual(run(text, -1))
  for (const mutant of mutants)
    expect(run(all, mutant.id), mutant.original).toEqual(run(applyMutant(text, mutant), -1))
})

it('a loop that a mutant makes endless is ended by its switch', () => {
  const text = 'let end = 0\nwhile (end < 3 && end >= 0) end++\nseen.push(end)'
  const mutants = number(text)
  const endless = mutants.filter(({ replacement }) => replacement === 'end >= 0')
  expect(endless).toHaveLength(1)
  for (const { id } of endless)
    expect(() => run(instrument(text, mutants), id, 50)).toThrow('The mutant takes too long.')
})

it('every guard with all of its mutants is a text without errors of syntax', () => {
  for (const file of globSync([...GUARDS], { cwd: ROOT, exclude: [...NO_GUARDS] })) {
    const text = instrument(
      readFileSync(join(ROOT, file), 'utf8'),
      number(readFileSync(join(ROOT, file), 'utf8')),
    )
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true, fileName: file })
    expect(
      diagnostics?.map(({ messageText }) => messageText),
      file,
    ).toEqual([])
  }
})
