import { type Brand, DEFAULT_COLOR, describeColors, type ThemeColors } from '@latchkey/contract'
import { type Asset, toAsset } from './assets.ts'

/** The variables of the stylesheets of the pages and of the portal. */
const VARIABLES: Record<keyof ThemeColors, string> = {
  accent: '--accent',
  accentStrong: '--accent-strong',
  onAccent: '--on-accent',
  tint: '--tint',
}

/**
 * Makes the stylesheet with the operator's colour. It is a file, because the policy of the pages allows no inline style.
 *
 * @returns null for the colour of Latchkey, which the other stylesheets have
 */
export function createBrandStylesheet({ color }: Pick<Brand, 'color'>): Asset | null {
  if (color === DEFAULT_COLOR) return null
  const { light, dark } = describeColors(color)
  const body = `:root { ${declare(light)} }
@media (prefers-color-scheme: dark) { :root { ${declare(dark)} } }
`
  return toAsset('css', 'text/css; charset=utf-8', body)
}

function declare(colors: ThemeColors): string {
  const names = Object.keys(VARIABLES) as (keyof ThemeColors)[]
  return names.map((name) => `${VARIABLES[name]}: ${colors[name]}`).join('; ')
}
