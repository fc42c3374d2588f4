import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.py': 'text/plain',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A server of the files of a site, for this machine alone. */
export interface SiteServer {
  url: string
  close(): Promise<void>
}

/**
 * Serves a folder of files, read anew for each request.
 *
 * @param port - 0 takes any free port
 */
export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  const http = createServer(async (request, response) => {
    const file = await findFile(folder, (request.url ?? '/').replace(/[?#].*$/, ''))
    response.statusCode = file.isFound ? 200 : 404
    response.setHeader(
      'Content-Type',
      `${TYPES[extname(file.path)] ?? 'application/octet-stream'}; charset=utf-8`,
    )
    createReadStream(file.path)
      .on('error', () => response.end())
      .pipe(response)
  })
  await listen(http, port)
  return {
    url: `http://localhost:${(http.address() as AddressInfo).port}/`,
    close: async () => {
      http.close()
      http.closeAllConnections()
      await once(http, 'close')
    },
  }
}

async function listen(http: Server, port: number): Promise<void> {
  http.listen(port, 'localhost')
  await once(http, 'listening')
}

/** Finds the file of a path. Behind every other path is the page that says so. */
async function findFile(folder: string, pathname: string): Promise<{ path: string; isFound: boolean }> {
  const inside = normalize(`/${safelyDecode(pathname)}`)
  for (const name of [inside, join(inside, 'index.html'), `${inside}.html`]) {
    const path = join(folder, name)
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if (isFile) return { path, isFound: true }
  }
  return { path: join(folder, '404.html'), isFound: false }
}

function safelyDecode(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
