import { NAMES } from '../figures/contender.ts'
import type { Figures, Operation } from '../figures/figures.ts'
import { TITLES } from './tables.ts'

const WIDTH = 860
const LABELS = 230
const BAR = 20
const GAP = 6
const HEAD = 34
const MARGIN = 16
const FIGURES = 90
/** The colours are told apart by light and dark eyes, on white and on black. */
const OWN = '#2f6fde'
const OTHER = '#8a94a6'

interface Panel {
  title: string
  bars: { name: string; perSecond: number }[]
}

/** Draws the calls per second of each contender as bars, one panel for each operation, with a scale of its own. */
export function drawChart({ lines, at }: Pick<Figures, 'lines' | 'at'>): string {
  const panels = [...Map.groupBy(lines, ({ operation }) => operation)].map(([operation, own]) => ({
    title: nameOf(operation),
    bars: own.map(({ contender, perSecond }) => ({ name: contender, perSecond })),
  }))
  let top = MARGIN
  const drawn = panels.map((panel) => {
    const text = drawPanel(panel, top)
    top += heightOf(panel)
    return text
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>Calls per second of each contender, ${escapeText(at.slice(0, 10))}</title>
<rect width="${WIDTH}" height="${top}" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`
}

function nameOf(operation: Operation): string {
  return `${TITLES[operation]}, calls per second`
}

function heightOf({ bars }: Panel): number {
  return HEAD + bars.length * (BAR + GAP) + MARGIN
}

function drawPanel({ title, bars }: Panel, top: number): string {
  const most = Math.max(...bars.map(({ perSecond }) => perSecond))
  const heading = `<text x="${MARGIN}" y="${top + 18}" font-weight="600" fill="#111827">${escapeText(title)}</text>`
  const rows = bars.map(({ name, perSecond }, i) => {
    const y = top + HEAD + i * (BAR + GAP)
    const width = Math.max(1, ((WIDTH - LABELS - FIGURES) * perSecond) / most)
    const color = name === NAMES.latchkey ? OWN : OTHER
    return [
      `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end" fill="#111827">${escapeText(name)}</text>`,
      `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${color}"/>`,
      `<text x="${(LABELS + width + 8).toFixed(1)}" y="${y + 15}" fill="#111827">${Math.round(perSecond)}</text>`,
    ].join('')
  })
  return [heading, ...rows].join('\n')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
