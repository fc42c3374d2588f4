import { DEFAULT_COLOR } from './brand.ts'

/** The colours of one theme that follow from the colour of a brand: `#rrggbb` each. */
export interface ThemeColors {
  /** Links, buttons and focus. It has 4.5:1 with the page, with a card and with the tint. */
  accent: string
  /** The accent under a pointer. */
  accentStrong: string
  /** The text on a button. */
  onAccent: string
  /** A pale ground of the same hue. */
  tint: string
}

/** The contrast that WCAG AA requires of text. */
export const TEXT_CONTRAST = 4.5

const WHITE = '#ffffff'
const LIGHT_PAGE = '#f3f5f7'
const DARK_CARD = '#181c22'
/** On a dark ground a colour has to be bright before it looks like the same colour. */
const DARK_CONTRAST = 7
/** A bright colour of full saturation glares on a dark ground. */
const DARK_SATURATION = 0.6
const STEP = 0.01

const DEFAULT_COLORS = {
  light: { accent: DEFAULT_COLOR, accentStrong: '#094a43', onAccent: WHITE, tint: '#e3f1ee' },
  dark: { accent: '#6fcdbd', accentStrong: '#93ddd0', onAccent: '#06211d', tint: '#17312e' },
}

/**
 * Describes both themes of a brand.
 *
 * @param color - `#rrggbb` with at least {@link TEXT_CONTRAST} against white
 */
export function describeColors(color: string): { light: ThemeColors; dark: ThemeColors } {
  return color === DEFAULT_COLOR ? DEFAULT_COLORS : { light: describeLight(color), dark: describeDark(color) }
}

/** Measures the contrast of two colours as WCAG defines it, from 1 to 21. */
export function measureContrast(one: string, other: string): number {
  const [low = 0, high = 0] = [measureLuminance(one), measureLuminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** Darkens a colour until it can be read on every one of some grounds. A colour that can be read stays as it is. */
export function darkenFor(color: string, grounds: readonly string[]): string {
  const isReadable = (one: string) => grounds.every((ground) => measureContrast(one, ground) >= TEXT_CONTRAST)
  return shade(color, -STEP, isReadable)
}

function describeLight(color: string): ThemeColors {
  const tint = mix(color, WHITE, 0.1)
  const accent = darkenFor(color, [WHITE, LIGHT_PAGE, tint])
  const [hue, saturation, lightness] = toHsl(accent)
  const accentStrong = fromHsl(hue, saturation, lightness * 0.75)
  return { accent, accentStrong, onAccent: WHITE, tint }
}

function describeDark(color: string): ThemeColors {
  const [hue, saturation, lightness] = toHsl(color)
  const calm = Math.min(saturation, DARK_SATURATION)
  const start = fromHsl(hue, calm, lightness)
  const accent = shade(start, STEP, (one) => measureContrast(one, DARK_CARD) >= DARK_CONTRAST)
  const accentStrong = mix(accent, WHITE, 0.7)
  return { accent, accentStrong, onAccent: fromHsl(hue, calm, 0.08), tint: mix(accent, DARK_CARD, 0.15) }
}

/** Changes the lightness of a colour, step by step, until it is good, black or white. */
function shade(color: string, step: number, isGood: (color: string) => boolean): string {
  const [hue, saturation, start] = toHsl(color)
  let shaded = color
  // Black or white is reached after at most as many steps.
  for (let steps = 1; !isGood(shaded) && steps <= 1 / STEP; steps++) {
    const lightness = Math.min(1, Math.max(0, start + steps * step))
    shaded = fromHsl(hue, saturation, lightness)
  }
  return shaded
}

function mix(color: string, ground: string, share: number): string {
  const under = readChannels(ground)
  return write(
    readChannels(color).map((channel, index) => channel * share + (under[index] ?? 0) * (1 - share)),
  )
}

function measureLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = readChannels(color).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function toHsl(color: string): [hue: number, saturation: number, lightness: number] {
  const [red = 0, green = 0, blue = 0] = readChannels(color)
  const high = Math.max(red, green, blue)
  const spread = high - Math.min(red, green, blue)
  const lightness = high - spread / 2
  if (spread === 0) return [0, 0, lightness]
  const sector =
    high === red
      ? (green - blue) / spread
      : high === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4
  return [(sector * 60 + 360) % 360, spread / (1 - Math.abs(2 * lightness - 1)), lightness]
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number) => {
    const place = (offset + hue / 30) % 12
    return lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))
  }
  return write([channel(0), channel(8), channel(4)])
}

function readChannels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
}

function write(channels: number[]): string {
  return `#${channels
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
