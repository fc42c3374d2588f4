import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../../../tooling/find-programs.ts'

const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the Chromium that is installed on this machine. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('These tests need a browser: apt-get install -y chromium')
  return chromium.launch({ executablePath, args: FLAGS })
}
