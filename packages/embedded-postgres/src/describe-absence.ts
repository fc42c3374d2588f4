import { sep } from 'node:path'

/** The folder of packages that `npx` brings for one command. */
const NPX_FOLDER = `${sep}_npx${sep}`

/**
 * Describes how to bring PostgreSQL to an installed package `latchkey`, where it is an optional peer.
 *
 * @param here - the `require` of a module of that package
 * @param peer - the name of the package with PostgreSQL
 * @returns null outside of such a package, and when the peer is there
 */
export function describeAbsence(here: NodeJS.Require, peer: string): string | null {
  try {
    here.resolve(peer)
    return null
  } catch {
    const version = readPeer(here, peer)
    if (version === undefined) return null
    const isByNpx = here.resolve('latchkey/package.json').includes(NPX_FOLDER)
    const way = isByNpx
      ? `npx --package latchkey --package ${peer}@${version} latchkey start`
      : `npm install ${peer}@${version}`
    return `The private PostgreSQL is a package of its own, which is not installed here. Bring it with "${way}", or set DATABASE_URL to a PostgreSQL of your own.`
  }
}

function readPeer(here: NodeJS.Require, peer: string): string | undefined {
  try {
    return here('latchkey/package.json').peerDependencies?.[peer]
  } catch {
    return undefined
  }
}
