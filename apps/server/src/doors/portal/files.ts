import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface PortalFile {
  contentType: string
  body: Uint8Array<ArrayBuffer>
  /** The body, compressed; null when compression saves nothing. */
  gzipped: Uint8Array<ArrayBuffer> | null
}

/** The files of the portal by path below `/account/`, or null when there is no build. */
export type PortalFiles = ReadonlyMap<string, PortalFile> | null

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const INDEX = 'index.html'
const compress = promisify(gzip)

/**
 * Makes the function that reads the portal into memory at its first request. A server without visitors needs no copy.
 *
 * @param folder - a build of the operator; null for the build beside the bundle, or that of the sources
 * @param dressIndex - writes into the page what it needs of this server
 */
export function createPortalReader(
  folder: string | null,
  dressIndex: (page: string) => string,
): () => Promise<PortalFiles> {
  let files: Promise<PortalFiles> | undefined
  return async () => {
    files ??= readPortal(folder ?? findBuild(), dressIndex)
    const found = await files
    // In development the build may appear later.
    if (found === null) files = undefined
    return found
  }
}

/** Answers whether a server with this setting serves the portal. A server in development may have no build of it. */
export function isPortalBuilt(folder: string | null): boolean {
  return existsSync(join(folder ?? findBuild(), INDEX))
}

function findBuild(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const bundled = join(here, 'portal')
  return existsSync(join(bundled, INDEX)) ? bundled : join(here, '../../../../web/dist')
}

async function readPortal(folder: string, dressIndex: (page: string) => string): Promise<PortalFiles> {
  if (!existsSync(join(folder, INDEX))) return null
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files = paths.map(async (path) => {
    const name = path.slice(folder.length + 1).replaceAll('\\', '/')
    const body = await readFile(path)
    return [
      name,
      await createFile(path, name === INDEX ? Buffer.from(dressIndex(body.toString())) : body),
    ] as const
  })
  return new Map(await Promise.all(files))
}

async function createFile(path: string, content: Buffer): Promise<PortalFile> {
  const body = new Uint8Array(content)
  const gzipped = new Uint8Array(await compress(body, { level: 9 }))
  const contentType = TYPES[extname(path)] ?? 'application/octet-stream'
  return { contentType, body, gzipped: gzipped.length < body.length ? gzipped : null }
}
