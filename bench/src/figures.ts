import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { describeMachine, POSTGRES } from './figures/machine.ts'
import { readSize } from './figures/options.ts'
import { installPeers } from './figures/peers.ts'
import { runFigures } from './figures/run-figures.ts'
import { formatFigures } from './report/format-figures.ts'
import { writeFigures } from './report/write-figures.ts'
import { ARGON2 } from './settings.ts'

const args = process.argv.slice(3)
const { size, isWritten } = readSize(args)
const machine = describeMachine()
const at = new Date().toISOString()
const report = (line: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)
const missing: string[] = []
const betterAuth = await installPeers().catch((error: Error) => {
  missing.push(`better-auth could not be installed: ${error.message.split('\n')[0]}`)
  return null
})
const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
const cluster = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), settings: POSTGRES })
try {
  const measured = await runFigures(cluster, { size, argon2: ARGON2, folder, betterAuth }, report)
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
  const figures = { at, command, machine, missing, ...measured }
  console.log(formatFigures(figures))
  for (const file of await writeFigures(figures, isWritten)) report(`Written: ${file}`)
} finally {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}
