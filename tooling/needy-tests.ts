import { globSync, readFileSync } from 'node:fs'
import { findChromium, hasAiosmtpd } from './find-programs.ts'

/** What a test file uses when it needs a program that no package brings, and how to get that program. */
const NEEDS = [
  { uses: 'launchBrowser', isMet: () => findChromium() !== null, install: 'apt-get install chromium' },
  { uses: 'startSmtpSink', isMet: hasAiosmtpd, install: 'apt-get install python3-aiosmtpd' },
]

/**
 * Lists the test files this machine cannot run, and says so: `npm test` works with Node alone.
 *
 * In CI nothing is left out: there a missing program is a failure.
 *
 * @param globs - where test files are
 */
export function findNeedyTests(globs: string[]): string[] {
  if (process.env.CI === 'true') return []
  const missing = NEEDS.filter(({ isMet }) => !isMet())
  if (missing.length === 0) return []
  const files = globSync(globs, { exclude: (path) => path.endsWith('node_modules') })
  return missing.flatMap(({ uses, install }) => {
    const needy = files.filter((file) => readFileSync(file, 'utf8').includes(uses))
    console.warn(`Not run here, because a program is missing (${install}): ${needy.join(', ')}`)
    return needy
  })
}
