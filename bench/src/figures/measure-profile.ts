import { dirname, join } from 'node:path'
import { ENTRY } from '../server.ts'
import type { Argon2 } from '../settings.ts'
import { call, NAMES } from './contender.ts'
import type { Cluster } from './databases.ts'
import type { Operation, Profile, Size } from './figures.ts'
import { listHotFunctions, openSourceMaps, readProfile } from './profile.ts'
import { latchkeyOn } from './servers.ts'

const PROFILED_ROUNDS = 3

/** Runs one operation on a server of its own with the profiler of Node, and names the functions that took the time. */
export async function measureProfile(
  cluster: Cluster,
  input: { operation: Operation; size: Size; argon2: Argon2; folder: string },
): Promise<Profile> {
  const { operation, size, argon2 } = input
  const folder = join(input.folder, `profile-${operation}`)
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`]
  const startedAt = performance.now()
  let loadedFrom = 0
  const server = await latchkeyOn(cluster.url, { argon2, dataDir: folder, flags })()
  try {
    const people = { name: NAMES.latchkey, protocol: 'rest', operations: [operation] } as const
    const contender = await call(server, { ...people, people: size.clients })
    const load = { clients: size.clients, seconds: PROFILED_ROUNDS * size.seconds }
    await contender.run(operation, { ...load, seconds: size.warmUpSeconds })
    loadedFrom = (performance.now() - startedAt) / 1000
    await contender.run(operation, load)
    contender.stop()
  } finally {
    // Node writes the profile when the process ends.
    await server.stop()
  }
  const findSource = await openSourceMaps(dirname(ENTRY))
  return { operation, functions: listHotFunctions(await readProfile(folder), findSource, loadedFrom) }
}
