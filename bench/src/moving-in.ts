import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { POSTGRES } from './figures/machine.ts'
import { MOST_MIB, type MovingIn, measureMovingIn } from './moving-in/measure-moving-in.ts'
import type { Seen } from './moving-in/watch-command.ts'
import { formatTable } from './report.ts'

/** `npm run bench -- moving-in`: an import of generated users, beside a plain copy of the same rows. */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { users: { type: 'string', default: '100000' } },
})

const [loadBefore] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
const cluster = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), settings: POSTGRES })
try {
  const report = (line: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)
  print(await measureMovingIn(cluster, { users: Number(values.users), folder, report }))
} finally {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}

function print({ users, sessions, first, second, copy }: MovingIn): void {
  const machine = `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, load ${loadBefore} before`
  const rowOf = (what: string, seconds: number, peakMib: number | null) => ({
    what,
    seconds: seconds.toFixed(1),
    'users per second': Math.round(users / seconds),
    'peak MiB': peakMib === null ? '' : Math.round(peakMib),
  })
  const ofCommand = (what: string, seen: Seen) => rowOf(what, seen.seconds, seen.peakMib)
  const rows = [
    ofCommand('import', first),
    ofCommand('import of the same again', second),
    rowOf(`COPY of the ${copy.rows} rows it made`, copy.seconds, null),
  ]
  const ratio = (copy.seconds / first.seconds).toFixed(2)
  const peak = Math.max(first.peakMib ?? 0, second.peakMib ?? 0)
  console.log([machine, `${users} users, ${sessions} sessions`, formatTable(rows)].join('\n\n'))
  console.log(`\nimport / COPY: ${ratio}. Memory: ${Math.round(peak)} MiB of ${MOST_MIB} MiB.`)
  if (peak > MOST_MIB) process.exitCode = 1
}
