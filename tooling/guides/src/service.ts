import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { findFreePort } from '@latchkey/testkit'
import type { AuthServer } from './auth-server.ts'
import { blocksOf, writeFiles } from './extract.ts'
import { noteRun } from './runs.ts'

/** The Node service of the guide, started as a reader starts it. */
export interface Service {
  url: string
  /** The folder of its files. */
  folder: string
  stop(): Promise<void>
}

/**
 * Writes the service of the guide and runs its `main.ts` with Node alone.
 *
 * @param at - the server that the service trusts, and the origin of the page that may call it
 */
export async function startService(at: { auth: AuthServer; page: string; folder: string }): Promise<Service> {
  const port = await findFreePort()
  const url = `http://localhost:${port}`
  const edit = (code: string) =>
    code
      .replaceAll('http://localhost:3000', at.auth.url)
      .replaceAll('http://localhost:4000', url)
      .replaceAll('http://localhost:5173', at.page)
      .replace('port: 4000', `port: ${port}`)
  const folder = await writeFiles('node-service', { folder: at.folder, edit })
  const child = spawn(process.execPath, ['main.ts'], { cwd: folder, stdio: 'inherit' })
  const exit = once(child, 'exit')
  while (!(await fetch(url).catch(() => null))) {
    if (child.exitCode !== null) throw new Error('The service has ended.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  noteRun(...blocksOf(['app.ts', 'main.ts'].map((file) => join(folder, file))))
  const stop = async () => {
    child.kill()
    await exit
  }
  return { url, folder, stop }
}
