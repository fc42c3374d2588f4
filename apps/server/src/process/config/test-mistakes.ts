import { ConfigError, loadConfig } from './index.ts'

/** Lists what is wrong with some settings, as the operator reads it at the start. */
export function findMistakes(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}
