import { describeColors, type ThemeColors } from '@latchkey/contract/brand-colors'

let sheet: CSSStyleSheet | null = null

/**
 * Shows the colours of the operator in both themes.
 *
 * A stylesheet that a script constructs is allowed by the Content-Security-Policy, which refuses inline styles.
 *
 * @param color - the accent of the light theme
 */
export function showBrandColors(color: string): void {
  const { light, dark } = describeColors(color)
  if (sheet === null) {
    sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  sheet.replaceSync(`${write(light)} @media (prefers-color-scheme: dark) { ${write(dark)} }`)
}

function write({ accent, accentStrong, onAccent, tint }: ThemeColors): string {
  return `:root {
    --accent: ${accent};
    --accent-strong: ${accentStrong};
    --on-accent: ${onAccent};
    --tint: ${tint};
  }`
}
