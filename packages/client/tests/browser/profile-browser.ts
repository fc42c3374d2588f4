import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from '../../../../tooling/find-programs.ts'

const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--password-store=basic',
  '--remote-debugging-port=0',
  // The pages of the browser's own address bar cost more than those of a test.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
]
const PATIENCE_MILLISECONDS = 150_000

/** A browser that keeps its profile in a folder, and that a test can kill. */
export interface ProfileBrowser {
  /** The pages of the profile. */
  context: BrowserContext
  /** Kills the browser at once (SIGKILL): what it has not written by then is lost. */
  kill(): Promise<void>
  /** Closes the browser as a user does: it writes everything first. */
  close(): Promise<void>
}

/** Starts the Chromium of this machine with the profile in a folder, which an earlier one may have left. */
export async function openProfile(folder: string, flags: string[] = []): Promise<ProfileBrowser> {
  const path = findChromium()
  if (!path) throw new Error('These tests need a browser: apt-get install -y chromium')
  const args = [...FLAGS, ...flags, `--user-data-dir=${folder}`, 'about:blank']
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exit = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await readAddress(child))
  const [context] = browser.contexts() as [BrowserContext]
  context.setDefaultTimeout(PATIENCE_MILLISECONDS)
  const waitForEnd = async () => {
    await exit
    while (await isInUse(folder)) await sleep(20)
  }
  return {
    context,
    kill: async () => {
      child.kill('SIGKILL')
      await waitForEnd()
    },
    close: async () => {
      const devtools = await browser.newBrowserCDPSession()
      // The connection may end before the answer.
      await devtools.send('Browser.close').catch(() => {})
      await waitForEnd()
    },
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk
      const [, address] = /DevTools listening on (\S+)/.exec(output) ?? []
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error(`The browser ended: ${output}`)))
  })
}

/** Answers whether a process of a browser still has the folder: its helpers end a moment after it. */
async function isInUse(folder: string): Promise<boolean> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(
    names.map((name) => readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')),
  )
  return commands.some((command) => command.includes(`--user-data-dir=${folder}`))
}
