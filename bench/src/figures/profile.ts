import { readdir, readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Profile } from './figures.ts'

/** What Node writes with `--cpu-prof`: the parts that are read here. */
export interface CpuProfile {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }
  }[]
  /** The node of each sample. */
  samples: number[]
  /** Microseconds between a sample and the one before. */
  timeDeltas: number[]
}

const LISTED = 12
const ROOT = join(import.meta.dirname, '../../..')
/** Where the thread does nothing. */
const IDLE = new Set(['(idle)', '(root)'])

/** Finds where a place of a file comes from; null when the file has no map. */
export type FindSource = (url: string, line: number, column: number) => string | null

/** Reads the profile that Node wrote into a folder. */
export async function readProfile(folder: string): Promise<CpuProfile> {
  const [name] = (await readdir(folder)).filter((file) => file.endsWith('.cpuprofile'))
  if (!name) throw new Error(`Node wrote no profile into ${folder}.`)
  return JSON.parse(await readFile(join(folder, name), 'utf8'))
}

/**
 * Lists the functions in which the thread itself was longest.
 *
 * @param fromSeconds - what was before, from the start of the process on, is left out
 * @returns each with its share of the time in which the thread was not idle
 */
export function listHotFunctions(
  { nodes, samples, timeDeltas }: CpuProfile,
  findSource: FindSource,
  fromSeconds: number,
): Profile['functions'] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const spent = new Map<string, number>()
  let [at, busy] = [0, 0]
  for (const [i, id] of samples.entries()) {
    const microseconds = timeDeltas[i] ?? 0
    at += microseconds
    const frame = frames.get(id)
    if (!frame || at < fromSeconds * 1_000_000 || IDLE.has(frame.functionName)) continue
    busy += microseconds
    const { functionName, url, lineNumber, columnNumber } = frame
    const place = findSource(url, lineNumber, columnNumber) ?? url
    const key = `${functionName || '(anonymous)'}\n${place}`
    spent.set(key, (spent.get(key) ?? 0) + microseconds)
  }
  return [...spent]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, LISTED)
    .map(([key, microseconds]) => {
      const [name = '', place = ''] = key.split('\n')
      return { name, place, share: microseconds / busy }
    })
}

/** Makes a finder that follows the source maps beside the files of a bundle. */
export async function openSourceMaps(folder: string): Promise<FindSource> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js.map'))
  const maps = new Map<string, SourceMap>()
  for (const name of files)
    maps.set(
      join(folder, name.slice(0, -'.map'.length)),
      new SourceMap(JSON.parse(await readFile(join(folder, name), 'utf8'))),
    )
  return (url, line, column) => {
    if (!url.startsWith('file:')) return null
    const path = fileURLToPath(url)
    const entry = maps.get(path)?.findEntry(line, column)
    if (!entry || !('originalSource' in entry)) return shorten(relative(ROOT, path))
    return shorten(relative(ROOT, join(folder, entry.originalSource)))
  }
}

/** Leaves the folders of the package manager out of a path. */
function shorten(path: string): string {
  return path.replace(/^.*node_modules\/(?!.*node_modules\/)/, '')
}
