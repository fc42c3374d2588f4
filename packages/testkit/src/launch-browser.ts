import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../../tooling/find-programs.ts'
import { followPages } from './open-pages.ts'

const STARTER = fileURLToPath(new URL('./browser/chromium.sh', import.meta.url))
const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Less than the time limit of a test, so that a hung wait is reported by its own name. A slow machine needs no more. */
const PATIENCE_MILLISECONDS = 150_000

/**
 * Starts the Chromium of this machine. Its pages wait for as long as a slow machine needs.
 *
 * @param flags - further flags of its command line
 */
export async function launchBrowser(flags: string[] = []): Promise<Browser> {
  const path = findChromium()
  if (!path) throw new Error('These tests need a browser: apt-get install -y chromium')
  const browser = await chromium.launch({
    executablePath: STARTER,
    env: { ...process.env, CHROMIUM: path },
    args: [...FLAGS, ...flags],
    timeout: PATIENCE_MILLISECONDS,
  })
  browser.on('context', (context) => {
    context.setDefaultTimeout(PATIENCE_MILLISECONDS)
    followPages(context)
  })
  return browser
}
