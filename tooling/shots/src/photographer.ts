import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { waitForFrames } from '@latchkey/testkit/browser'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { type Options, type Subject, THEMES, type Theme } from './options.ts'

/** One picture, and what was found in it. */
export interface Shot {
  subject: Subject
  /** The screen, page or mail, with its state: `sign-in, refused`. */
  name: string
  language: string
  theme: Theme
  width: number
  /** The picture, from the folder of all. */
  file: string
  /** What a person would complain about: findings of axe, a page wider than the window, another language. */
  faults: string[]
}

/** The file with a line for each picture. */
export const SHOTS_FILE = 'shots.jsonl'

/** How a page is looked at. */
export interface Look {
  subject: Subject
  language: string
  theme: Theme
}

/** Calls a function for each language and theme. */
export async function forEachLook(
  subject: Subject,
  options: Options,
  use: (look: Look) => Promise<void>,
): Promise<void> {
  for (const language of options.languages)
    for (const theme of THEMES) await use({ subject, language, theme })
}

interface Occasion {
  look: Look
  options: Options
  /** False for a page that runs no script: axe is one too. */
  isScripted?: boolean
}

/** Photographs the present state of a page at each width, and examines it there. */
export async function photograph(page: Page, name: string, occasion: Occasion): Promise<void> {
  const { look, options, isScripted = true } = occasion
  const { subject, language, theme } = look
  const folder = join(subject, language, theme)
  await mkdir(join(options.folder, folder), { recursive: true })
  for (const width of options.widths) {
    await page.setViewportSize({ width, height: 900 })
    if (isScripted) await waitForFrames(page)
    const file = join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}-${width}.png`)
    await page.screenshot({ path: join(options.folder, file), fullPage: true, animations: 'disabled' })
    const faults = isScripted ? await findFaults(page, look) : []
    const shot: Shot = { subject, name, language, theme, width, file, faults }
    await appendFile(join(options.folder, SHOTS_FILE), `${JSON.stringify(shot)}\n`)
  }
}

/** A mail is a part of the page of a mail program, which has the landmarks. */
const OUTSIDE_OF_MAILS = ['landmark-one-main', 'page-has-heading-one', 'region']

async function findFaults(page: Page, { subject, language }: Look): Promise<string[]> {
  // The script is evaluated and not added, because the policies of the pages refuse foreign scripts.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  const faults = violations
    .filter(({ id }) => subject !== 'mails' || !OUTSIDE_OF_MAILS.includes(id))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  const [room, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  )
  if (room > window) faults.push(`${room} pixels wide in a window of ${window}`)
  const shown = await page.evaluate<string>('document.documentElement.lang')
  if (shown !== language) faults.push(`shown in ${shown || 'no language'} and not in ${language}`)
  return faults
}
