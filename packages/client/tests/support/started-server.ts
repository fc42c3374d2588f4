import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@latchkey/testkit'

const root = join(import.meta.dirname, '../../../..')

/** A server that was started with `npm start`. */
export interface StartedServer {
  url: string
  stop(): Promise<void>
}

/** Runs `npm start` in the repository, on a free port and an empty database. */
export async function startServer(): Promise<StartedServer> {
  const database = await createTestDatabase({ empty: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-started-'))
  const { NODE_ENV: _, ...env } = process.env
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...env, DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const [, found] = /ready at (\S+)/.exec(output) ?? []
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    exit.then(() => reject(new Error(`npm start ended: ${output}`)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await exit
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
