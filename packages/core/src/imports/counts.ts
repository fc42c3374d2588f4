import type { ImportCase, ImportOptions } from './options.ts'

/** What a run has counted, and where it tells each case. */
export interface Tally {
  counts: Record<string, number>
  add(name: string, count?: number): void
  note(found: ImportCase): Promise<void>
}

/** Counts the words of a run and hands each case on. */
export function createTally({ onCase }: Pick<ImportOptions, 'onCase'>): Tally {
  const counts: Record<string, number> = {}
  function add(name: string, count = 1): void {
    if (count > 0) counts[name] = (counts[name] ?? 0) + count
  }
  return {
    counts,
    add,
    note: async (found) => {
      add(found.word)
      await onCase?.(found)
    },
  }
}
