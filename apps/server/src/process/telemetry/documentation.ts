import { Registry } from 'prom-client'
import { createInstruments } from './instruments.ts'

const HEAD = '| metric | kind | labels | meaning |\n| --- | --- | --- | --- |\n'
const HEADING = '\n### Every metric\n'

/** Writes the table of the metrics into the guide, under its heading. */
export async function writeMetricsTable(page: string): Promise<string> {
  const start = page.indexOf(HEADING)
  const table = /(?:^\|.*\n)+/m.exec(page.slice(start))
  if (start < 0 || !table) throw new Error('The guide has no table of the metrics.')
  const from = start + table.index
  return page.slice(0, from) + (await createTable()) + page.slice(from + table[0].length)
}

async function createTable(): Promise<string> {
  const registry = new Registry()
  createInstruments(registry, { version: '', codes: [] })
  const metrics = await registry.getMetricsAsJSON()
  const rows = metrics.map(({ name, type, help }) => {
    const metric = registry.getSingleMetric(name) as unknown as { labelNames: string[] }
    // Prometheus shows this label of a histogram as buckets.
    const labels = metric.labelNames.filter((label) => label !== 'le').map((label) => `\`${label}\``)
    return `| \`${name}\` | ${type} | ${labels.join(', ') || '–'} | ${help} |\n`
  })
  return HEAD + rows.join('')
}
