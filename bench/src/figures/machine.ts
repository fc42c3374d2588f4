import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { join, relative } from 'node:path'
import { ENTRY } from '../server.ts'

const ROOT = join(import.meta.dirname, '../../..')
const PEERS = join(import.meta.dirname, '../../peers/package.json')

/** The settings of PostgreSQL, beside its defaults: those that every operator of a large database sets first. */
export const POSTGRES = { shared_buffers: '1GB', max_wal_size: '8GB' }

/** Describes the machine and the versions. The load is that before the run: figures from a busy machine are rough. */
export function describeMachine(): Record<string, string | number> {
  const { dependencies } = JSON.parse(readFileSync(PEERS, 'utf8'))
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    'memory GiB': Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    postgres: ['18, embedded', ...Object.entries(POSTGRES).map(([name, value]) => `${name} ${value}`)].join(
      ', ',
    ),
    'better-auth': dependencies['better-auth'],
    'load before': Number((loadavg()[0] ?? 0).toFixed(1)),
    entry: relative(ROOT, ENTRY),
  }
}
