import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Figures } from '../figures/figures.ts'
import { composePage } from './compose-page.ts'
import { drawChart } from './draw-chart.ts'

const ROOT = join(import.meta.dirname, '../../..')
const RUNS = join(ROOT, 'node_modules/.cache/latchkey-bench')
const DOCS = join(ROOT, 'docs')
/** The folder's name keeps its file as it was written. */
const SEEN = join(ROOT, 'bench/generated')

/**
 * Writes the figures of a run as JSON and as a chart.
 *
 * @param isForDocs - writes the page of the documentation too, with its chart and its figures
 * @returns the paths of the files, from the root of the repository
 * @throws {Error} a round had no answer, and the page was asked for: it was not written
 */
export async function writeFigures(figures: Figures, isForDocs: boolean): Promise<string[]> {
  const isComplete = figures.ratios.every(({ ratio }) => Number.isFinite(ratio))
  const name = figures.at.replaceAll(/[:.]/g, '-')
  const texts = { json: `${JSON.stringify(figures, null, 2)}\n`, svg: drawChart(figures) }
  const files = [
    [join(RUNS, `${name}.json`), texts.json],
    [join(RUNS, `${name}.svg`), texts.svg],
    ...(isForDocs && isComplete
      ? [
          [join(SEEN, 'benchmark.json'), texts.json],
          [join(DOCS, 'benchmark.svg'), texts.svg],
          [join(DOCS, 'benchmark.md'), composePage(figures)],
        ]
      : []),
  ] as [string, string][]
  for (const folder of [RUNS, SEEN]) await mkdir(folder, { recursive: true })
  for (const [path, text] of files) await writeFile(path, text)
  if (isForDocs && !isComplete)
    throw new Error('A round had no answer, so a ratio is missing. Give it more --seconds.')
  return files.map(([path]) => relative(ROOT, path))
}
