import { join } from 'node:path'
import { parseArgs } from 'node:util'

export const SUBJECTS = ['portal', 'pages', 'mails'] as const
export const THEMES = ['light', 'dark'] as const
export type Subject = (typeof SUBJECTS)[number]
export type Theme = (typeof THEMES)[number]

/** What is photographed. */
export interface Options {
  subjects: Subject[]
  languages: string[]
  widths: number[]
  folder: string
}

export const USAGE = `npm run shots -- [options]     photographs every screen, page and mail

  --only portal,pages,mails    some of them
  --languages en,de,ar,en-XA   other languages; en-XA is longer, ar-XB runs from right to left
  --widths 390,1280            other widths
  --out shots                  another folder`

const ENV = 'LATCHKEY_SHOTS'

/** Reads the words of the command line. */
export function readOptions(words: string[]): Options | null {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string', default: SUBJECTS.join() },
      languages: { type: 'string', default: 'en,de,ar,en-XA' },
      widths: { type: 'string', default: '390,1280' },
      out: { type: 'string', default: join(import.meta.dirname, '../../../shots') },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const subjects = values.only.split(',').map((word) => SUBJECTS.find((known) => known === word))
  const widths = values.widths.split(',').map(Number)
  if (subjects.includes(undefined)) throw new Error(`--only is one or more of ${SUBJECTS.join(', ')}`)
  if (!widths.every((width) => Number.isInteger(width) && width >= 200))
    throw new Error('--widths are pixels: 390,1280')
  return {
    subjects: subjects.filter((subject) => subject !== undefined),
    languages: values.languages.split(','),
    widths,
    folder: values.out,
  }
}

/** Passes the options on to the runs in other processes. */
export function passOn(options: Options): Record<string, string> {
  return { [ENV]: JSON.stringify(options) }
}

/** Reads the options in a run. */
export function readPassedOn(env: NodeJS.ProcessEnv = process.env): Options {
  return JSON.parse(env[ENV] ?? '') as Options
}
