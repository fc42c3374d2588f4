import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What a test file reached when it ran without a mutant. */
export interface Note {
  /** The SHA-256 of the test file. */
  digest: string
  /** The milliseconds from the begin of the file to the end of each test. */
  ends: number[]
  /** The mutants that it reached while it was loaded. */
  atLoad: number[]
  /** The mutants that its tests reached, each with the number of the last test that reached it. */
  atRun: [id: number, test: number][]
}

/** The name of a file with the note of a test file. */
export function nameNote(test: string): string {
  const digest = createHash('sha256')
    .update(test.replace(/^.*\/(?=(?:apps|packages)\/)/, ''))
    .digest('hex')
  return `${basename(test)}-${digest.slice(0, 8)}.json`
}

/** A folder with the notes of a run. With a record it stays, so that a run that was cut off need not measure again. */
export interface Notes {
  folder: string
  /** Finds the note of a test file that has not changed since. */
  find(test: string): Note | undefined
  forget(test: string): void
}

/** Opens a folder of notes. */
export function openNotes(folder: string, root: string): Notes {
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    find: (test) => {
      const path = join(folder, nameNote(test))
      if (!existsSync(path)) return undefined
      const note = JSON.parse(readFileSync(path, 'utf8')) as Note
      const digest = createHash('sha256')
        .update(readFileSync(join(root, test)))
        .digest('hex')
      return note.digest === digest ? note : undefined
    },
    forget: (test) => rmSync(join(folder, nameNote(test)), { force: true }),
  }
}
