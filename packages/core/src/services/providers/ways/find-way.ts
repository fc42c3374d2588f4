import type { PresetName } from '../provider-settings.ts'
import type { Way } from '../way.ts'
import { APPLE } from './apple.ts'
import { DISCORD } from './discord.ts'
import { FACEBOOK } from './facebook.ts'
import { GITHUB } from './github.ts'
import { GITLAB } from './gitlab.ts'
import { GOOGLE } from './google.ts'
import { LINKEDIN } from './linkedin.ts'
import { MICROSOFT } from './microsoft.ts'
import { ISSUER } from './open-id.ts'

const PRESETS: Record<PresetName, Way> = {
  google: GOOGLE,
  apple: APPLE,
  microsoft: MICROSOFT,
  github: GITHUB,
  gitlab: GITLAB,
  facebook: FACEBOOK,
  linkedin: LINKEDIN,
  discord: DISCORD,
}

/** The way of a provider: that of its preset, else that of any issuer. */
export function findWay(id: string): Way {
  return Object.hasOwn(PRESETS, id) ? PRESETS[id as PresetName] : ISSUER
}
