import { expect, it } from 'vitest'
import { DEFAULT_COLOR } from './brand.ts'
import { describeColors, measureContrast } from './brand-colors.ts'

const GROUNDS = { light: ['#ffffff', '#f3f5f7'], dark: ['#181c22', '#0f1216'] }

it('a contrast is that of WCAG', () => {
  expect(measureContrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(measureContrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
  expect(measureContrast('#123456', '#123456')).toBe(1)
})

it.each([
  DEFAULT_COLOR,
  '#000000',
  '#767676',
  '#d00000',
  '#0066cc',
  '#6d28d9',
  '#0000ff',
  '#8a6d00',
  '#be185d',
])('text of the colour %s can be read on every ground of both themes', (color) => {
  const themes = describeColors(color)
  for (const theme of ['light', 'dark'] as const) {
    const { accent, accentStrong, onAccent, tint } = themes[theme]
    for (const one of [accent, accentStrong, onAccent, tint]) expect(one).toMatch(/^#[0-9a-f]{6}$/)
    for (const ground of [...GROUNDS[theme], tint]) {
      expect(measureContrast(accent, ground)).toBeGreaterThanOrEqual(4.5)
      expect(measureContrast(accentStrong, ground)).toBeGreaterThanOrEqual(4.5)
    }
    for (const button of [accent, accentStrong])
      expect(measureContrast(onAccent, button)).toBeGreaterThanOrEqual(4.5)
  }
})

it('a colour that can be read is kept as it is in the light theme', () => {
  expect(describeColors('#1d4ed8').light.accent).toBe('#1d4ed8')
})
