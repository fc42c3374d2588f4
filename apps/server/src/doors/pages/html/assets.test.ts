import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { ASSETS, STYLESHEET_ASSET } from './assets.ts'

it.each(ASSETS)('$path has the hash of its content in its name', ({ path, body }) => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  expect(path).toMatch(new RegExp(`^/assets/latchkey-${hash}\\.(css|js)$`))
})

it.each(ASSETS)('$path makes no request', ({ body }) => {
  expect(body).not.toMatch(
    /https?:|\/\/[a-z]|url\(|@import|fetch|XMLHttpRequest|localStorage|document\.cookie/,
  )
})

it.each(ASSETS.filter(({ path }) => path.endsWith('.js')))('$path parses', ({ body }) => {
  expect(() => new Script(body)).not.toThrow()
})

it.each(['light', 'dark'])('the %s theme is readable: 4.5:1 for text, 3:1 for edges and focus', (theme) => {
  const [light = '', dark = ''] = STYLESHEET_ASSET.body.split('@media (prefers-color-scheme: dark)')
  const colors = readColors(theme === 'light' ? light : dark.slice(0, dark.indexOf('}')))
  const ratio = (a: string, b: string) => contrast(colors.get(a) ?? '', colors.get(b) ?? '')

  for (const [text, ground] of [
    ['text', 'page'],
    ['text', 'card'],
    ['text', 'tint'],
    ['muted', 'card'],
    ['accent', 'card'],
    ['accent', 'page'],
    ['accent-strong', 'card'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['danger', 'card'],
    ['danger', 'danger-tint'],
    ['notice', 'notice-tint'],
  ] as const) {
    expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  }
  expect(ratio('edge', 'card')).toBeGreaterThanOrEqual(3)
  expect(ratio('accent', 'card')).toBeGreaterThanOrEqual(3)
})

function readColors(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([a-z-]+): #([0-9a-f]+)/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}

// WCAG 2.2, "relative luminance" and "contrast ratio".
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
