import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  request as requestUpstream,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'

/** What becomes of an answer the server has given already; a silent one is lost without anybody being told. */
export type AnswerFate = { kind: 'passed' | 'dropped' | 'silent' } | { kind: 'late'; milliseconds: number }

/** One origin for the page and the server behind it, and the bad network between them. */
export interface Front {
  url: string
  /** The server to pass everything else on to. */
  upstream: string
  /** The weather; without one all goes well. */
  fateOf: (path: string) => AnswerFate
  /** How many answers of the path had which fate. */
  counts: Map<string, number>
  close(): Promise<void>
}

/** Serves the tab's page, and passes everything else on. */
export async function startFront(): Promise<Front> {
  const script = await bundleTab()
  const http = createServer((request, response) => {
    const path = new URL(request.url ?? '/', front.url).pathname
    if (path === '/tab') response.end('<!doctype html><title>Tab</title><script src="/tab.js"></script>')
    else if (path === '/tab.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else void passOn(front, request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const front: Front = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    upstream: '',
    fateOf: () => ({ kind: 'passed' }),
    counts: new Map(),
    close: async () => {
      http.close()
      http.closeAllConnections()
      await once(http, 'close')
    },
  }
  return front
}

async function bundleTab(): Promise<string> {
  const entryPoints = [join(import.meta.dirname, 'tab.ts')]
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** The server always gets the request at once: what is lost or late is its answer. */
async function passOn(front: Front, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers, url = '/' } = request
  const upstream = requestUpstream(front.upstream + url, { method, headers })
  request.pipe(upstream)
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage]
  const body = await Buffer.concat(await answer.toArray())
  const fate = front.fateOf(url)
  count(front, `${url} ${fate.kind}`)
  if (fate.kind === 'dropped') return void response.destroy()
  if (fate.kind === 'silent') return
  if (fate.kind === 'late') await sleep(fate.milliseconds)
  response.writeHead(answer.statusCode ?? 502, answer.headers).end(body)
}

function count({ counts }: Front, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
