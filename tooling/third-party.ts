import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A package of others whose code we pass on. */
export interface ThirdParty {
  name: string
  version: string
  /** The identifier of its licence: `MIT`. */
  license: string
  /** The texts of its licence and notices; empty when the package has none. */
  texts: string[]
}

interface Manifest {
  name?: string
  version?: string
  license?: string | { type?: string }
  author?: string | { name?: string }
  dependencies?: Record<string, string>
}

/** The name of the file in a build. */
export const THIRD_PARTY_FILE = 'THIRD-PARTY-LICENSES.txt'
const LICENSE_FILE = /^(licen[cs]e|notice|copying|copyright)|\.licen[cs]e\.txt$/i

/** Finds the packages that have these files. Files outside of `node_modules` are ours. */
export function findThirdParties(files: Iterable<string>): ThirdParty[] {
  const folders = new Set<string>()
  for (const file of files) {
    const [inside] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? []
    if (inside !== undefined) folders.add(inside)
  }
  return [...folders].map(readThirdParty)
}

/** Finds the packages that a package brings when it is installed, and theirs. */
export function findDependencies(folder: string): ThirdParty[] {
  const found = new Map<string, ThirdParty>()
  const visit = (parent: string) => {
    for (const name of Object.keys(readManifest(parent).dependencies ?? {})) {
      const child = findFolder(parent, name)
      if (found.has(child)) continue
      found.set(child, readThirdParty(child))
      visit(child)
    }
  }
  visit(folder)
  return [...found.values()]
}

/** Writes one section for each package, by name. A package may be given several times. */
export function printThirdParties(what: string, packages: readonly ThirdParty[]): string {
  const sections = new Map(packages.map((entry) => [`${entry.name} ${entry.version}`, printSection(entry)]))
  const texts = [...sections].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => text)
  return [`${what} contains code of these packages, under the licence of each.\n`, ...texts].join('\n')
}

function printSection({ name, version, license, texts }: ThirdParty): string {
  const body = texts.length > 0 ? texts.join('\n\n') : 'The package contains no text of its licence.'
  return `${'-'.repeat(80)}\n${name} ${version}\nLicence: ${license}\n\n${body}\n`
}

function readThirdParty(folder: string): ThirdParty {
  const { name = '', version = '', license, author } = readManifest(folder)
  const names = readdirSync(folder).filter((file) => LICENSE_FILE.test(file))
  const texts = names.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const by = typeof author === 'string' ? author : author?.name
  if (texts.length === 0 && by) texts.push(`Copyright (c) ${by}`)
  return { name, version, license: nameLicense(license), texts }
}

function nameLicense(license: Manifest['license']): string {
  return (typeof license === 'string' ? license : license?.type) ?? 'see the text'
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

// A package need not export its package.json, so the folders are searched as Node does it.
function findFolder(from: string, name: string): string {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  const folder = places
    .map((place) => join(place, name))
    .find((place) => existsSync(join(place, 'package.json')))
  if (folder === undefined) throw new Error(`${name} of ${dirname(from)} is not installed`)
  return folder
}
