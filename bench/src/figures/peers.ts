import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { installFolder } from '../../../tooling/install-folder.ts'
import { type Argon2, newSecret, POOL_SIZE } from '../settings.ts'
import { type Cluster, createDatabase } from './databases.ts'
import { betterAuthOn, type StartServer } from './servers.ts'

const FOLDER = join(import.meta.dirname, '../../peers')

/** The variants of better-auth, as `peers/better-auth.mjs` describes them. */
export const VARIANTS = ['default', 'argon2id', 'cached'] as const

/** One of the {@link VARIANTS}. */
export type Variant = (typeof VARIANTS)[number]

/**
 * Installs the servers of others from the npm registry, by the lockfile of `bench/peers`.
 *
 * @returns the program that serves better-auth
 */
export async function installPeers(): Promise<string> {
  await installFolder(FOLDER, () => console.error('Installing the servers of others from the npm registry …'))
  return join(FOLDER, 'better-auth.mjs')
}

/** Gives each variant of better-auth a database with its tables, and returns how each starts. */
export async function prepareBetterAuth(
  cluster: Cluster,
  { entry, argon2 }: { entry: string; argon2: Argon2 },
): Promise<Record<Variant, StartServer>> {
  const starts: Partial<Record<Variant, StartServer>> = {}
  for (const variant of VARIANTS) {
    const { url } = await createDatabase(cluster, `better_auth_${variant}`)
    const options = { url, variant, argon2, poolSize: POOL_SIZE, secret: newSecret() }
    await promisify(execFile)(process.execPath, [entry, 'migrate', JSON.stringify(options)])
    starts[variant] = betterAuthOn(url, { entry, argon2, variant })
  }
  return starts as Record<Variant, StartServer>
}
