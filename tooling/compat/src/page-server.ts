import { once } from 'node:events'
import { createServer, request as requestUpstream } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The files of a page, and behind them a server, under one origin. */
export interface PageServer {
  url: string
  /** The files by path: a text that begins with `<` is HTML, any other is a script. */
  files: Map<string, string>
  /** The URL of the server that gets every other request. */
  upstream: string
  close(): Promise<void>
}

/** Starts a server of pages on a free port. */
export async function startPageServer(): Promise<PageServer> {
  const files = new Map<string, string>()
  const http = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', server.url).pathname)
    if (file !== undefined) {
      const type = file.startsWith('<') ? 'text/html' : 'text/javascript'
      response.setHeader('Content-Type', type).end(file)
      return
    }
    const { method, headers, url = '/' } = request
    const passed = requestUpstream(new URL(url, server.upstream), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    request.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server: PageServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    files,
    upstream: '',
    close: async () => {
      http.close()
      http.closeAllConnections()
      await once(http, 'close')
    },
  }
  return server
}
