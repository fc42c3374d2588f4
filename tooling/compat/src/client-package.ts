import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Entry,
  listEntries,
  PACKAGE,
  readManifest,
} from '../../../packages/client/packaging/manifest.ts'

/** Lists the names by which programs import the client: `@latchkey/client/react`. */
export function listImportNames(): string[] {
  return listEntries(readManifest()).map(({ name }: Entry) => `@latchkey/client${name.slice(1)}`)
}

/** Lists the peers of the client with their types, each at the version that the client is tested with. */
export function listPeers(): string[] {
  const { peerDependencies = {} } = readManifest()
  const types = Object.keys(peerDependencies).map((name) => `@types/${name.replace(/^@(.*)\//, '$1__')}`)
  return [...Object.keys(peerDependencies), ...types].flatMap((name) => {
    const version = findVersion(name)
    return version ? [`${name}@${version}`] : []
  })
}

function findVersion(name: string): string | null {
  try {
    const path = join(PACKAGE, 'node_modules', name, 'package.json')
    return JSON.parse(readFileSync(path, 'utf8')).version
  } catch {
    return null
  }
}
