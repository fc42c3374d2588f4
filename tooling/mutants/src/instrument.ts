import type { Mutant } from './find-mutants.ts'

/** The function by which a text asks whether a mutant is on. `switch.ts` gives it to the tests. */
const ASK = 'isMutantOn'
const DECLARATION = `function ${ASK}(id) { return globalThis.latchkeyMutants?.(id) ?? false }`

/** A mutant with its number in a run. */
export type Numbered = Mutant & { id: number }

/**
 * Writes a text that holds all of these mutants, each behind a switch. So a process that has loaded the file can try
 * them one after the other.
 */
export function instrument(text: string, mutants: readonly Numbered[]): string {
  const ordered = [...mutants].sort((left, right) => left.start - right.start || right.end - left.end)
  return `${render(text, { start: 0, end: text.length }, ordered)}\n${DECLARATION}\n`
}

interface Range {
  start: number
  end: number
}

/** Writes a part of the text. Mutants inside of a mutant are in its original, not in its replacement. */
function render(text: string, range: Range, mutants: readonly Numbered[]): string {
  let written = ''
  let at = range.start
  let rest = mutants
  for (let [first] = rest; first; [first] = rest) {
    const { start, end } = first
    const same = rest.filter((mutant) => mutant.start === start && mutant.end === end)
    const inner = rest.filter((mutant) => mutant.end <= end && !same.includes(mutant))
    written += text.slice(at, start) + wrap(same, render(text, first, inner))
    at = end
    rest = rest.filter((mutant) => mutant.start >= end)
  }
  return written + text.slice(at, range.end)
}

function wrap(mutants: readonly Numbered[], original: string): string {
  let written = original
  for (const { id, replacement } of mutants.filter(({ shape }) => shape === 'expression'))
    written = `(${ASK}(${id}) ? (${replacement}) : (${written}))`
  // Without semicolons a line that begins with a bracket would belong to the line before it.
  if (mutants.some(({ isAtStart }) => isAtStart) && written !== original) written = `0, ${written}`
  // The empty `else` keeps an `else` behind the statement with its own `if`.
  for (const { id } of mutants.filter(({ shape }) => shape === 'statement'))
    written = `if (!${ASK}(${id})) { ${written} } else ;`
  return written
}
