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

/** What the proxy does with an answer of the server; `silent` loses it and keeps the connection open. */
export type AnswerDelivery =
  | { kind: 'passed' | 'dropped' | 'silent' }
  | { kind: 'late'; milliseconds: number }
  | { kind: 'held'; until: Promise<unknown> }

/** One origin for the page and for the server behind it, with an unreliable network between them. */
export interface TestProxy {
  url: string
  /** The URL of the server, which gets every other request. */
  upstream: string
  /** Decides what happens to each answer; every answer passes unless a test sets it. */
  deliveryOf: (path: string) => AnswerDelivery
  /** The number of answers by path and delivery. */
  counts: Map<string, number>
  close(): Promise<void>
}

/** Serves the page of the tab, and sends every other request to the server. */
export async function startProxy(): Promise<TestProxy> {
  const script = await bundleTab()
  const http = createServer((request, response) => {
    const path = new URL(request.url ?? '/', proxy.url).pathname
    if (path === '/tab') response.end('<!doctype html><title>Tab</title><script src="/tab.js"></script>')
    else if (path === '/tab.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else void passOn(proxy, request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const proxy: TestProxy = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    upstream: '',
    deliveryOf: () => ({ kind: 'passed' }),
    counts: new Map(),
    close: async () => {
      http.close()
      http.closeAllConnections()
      await once(http, 'close')
    },
  }
  return proxy
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

/** Sends the request to the server at once; only the answer is lost or late. */
async function passOn(proxy: TestProxy, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers, url = '/' } = request
  const upstream = requestUpstream(proxy.upstream + url, { method, headers })
  request.pipe(upstream)
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage]
  const body = await Buffer.concat(await answer.toArray())
  const delivery = proxy.deliveryOf(url)
  count(proxy, `${url} ${delivery.kind}`)
  if (delivery.kind === 'dropped') return void response.destroy()
  if (delivery.kind === 'silent') return
  if (delivery.kind === 'late') await sleep(delivery.milliseconds)
  if (delivery.kind === 'held') await delivery.until
  response.writeHead(answer.statusCode ?? 502, answer.headers).end(body)
}

function count({ counts }: TestProxy, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
