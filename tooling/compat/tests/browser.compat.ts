import { cp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Installed, installFresh } from '../src/install.ts'
import { JOURNEY, SEEN } from '../src/journey.ts'
import { LIMITS_OFF } from '../src/limits-off.ts'
import { type OpenedPage, openPage } from '../src/open-page.ts'
import { type PageServer, startPageServer } from '../src/page-server.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

/** Makes the journey when it is asked to, in a page, in a frame or in a worker, and answers with what it has seen. */
const SCRIPT = `
import * as main from '@latchkey/client'
import * as fetchEntry from '@latchkey/client/fetch'
import { journey } from './journey.mjs'
const entry = { ...main, ...fetchEntry }
const travel = (baseUrl) => journey(entry, baseUrl).catch((error) => [String(error)])
globalThis.travel = travel
globalThis.entry = entry
globalThis.onmessage = async ({ data, source, ports }) => {
  if (!data?.baseUrl) return
  ;(ports[0] ?? source ?? globalThis).postMessage(await travel(data.baseUrl))
}`

const PAGE = '<!doctype html><title>Page</title><script src="/app/script.js"></script>'
const FRAME = '<script src="/app/script.js"></script>'

let installed: Installed
let pages: PageServer
let server: Latchkey
let browser: OpenedPage

beforeAll(async () => {
  ;[installed, pages, browser] = await Promise.all([installFresh(), startPageServer(), openPage()])
  server = await startLatchkey({ ...LIMITS_OFF, PUBLIC_URL: pages.url })
  pages.upstream = server.address
  await cp(dirname(JOURNEY), installed.folder, { recursive: true })
  await writeFile(join(installed.folder, 'script.js'), SCRIPT)
  const { outputFiles } = await build({
    entryPoints: [join(installed.folder, 'script.js')],
    bundle: true,
    write: false,
  })
  pages.files.set('/app/script.js', outputFiles[0]?.text ?? '')
  pages.files.set('/app/', PAGE)
})

afterAll(async () => {
  await browser?.close()
  await Promise.all([installed?.remove(), pages?.close(), server?.close()])
})

beforeEach(async () => {
  await browser.page.goto(`${pages.url}/app/`)
})

type Travel = (baseUrl: string) => Promise<string[]>

describe.each(['relative', 'absolute'])('with an address that is %s the client makes its journey', (kind) => {
  const address = () => (kind === 'relative' ? '/' : pages.url)

  test('in a page', async () => {
    const seen = await browser.page.evaluate(
      (url) => (globalThis as never as { travel: Travel }).travel(url),
      address(),
    )
    expect(seen).toEqual(SEEN)
  })

  test('in a frame with `srcdoc`', async () => {
    await browser.page.setContent(`<iframe srcdoc='${FRAME}'></iframe>`)
    const frame = await (await browser.page.waitForSelector('iframe')).contentFrame()
    await frame?.waitForFunction(() => 'travel' in globalThis)
    expect(frame?.url()).toBe('about:srcdoc')
    const seen = await frame?.evaluate(
      (url) => (globalThis as never as { travel: Travel }).travel(url),
      address(),
    )
    expect(seen).toEqual(SEEN)
  })

  test.each(['/app/script.js', 'blob'])('in a worker of %s', async (from) => {
    const seen = await browser.page.evaluate(
      async ([script = '', baseUrl]) => {
        const isBlob = script === 'blob'
        const source = isBlob ? await (await fetch('/app/script.js')).blob() : null
        const worker = new Worker(source ? URL.createObjectURL(source) : script)
        return new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage({ baseUrl })
        })
      },
      [from, address()],
    )
    expect(seen).toEqual(SEEN)
  })

  test('in a service worker', async () => {
    const seen = await browser.page.evaluate(async (baseUrl) => {
      const { serviceWorker } = navigator
      await serviceWorker.register('/app/script.js')
      const { active } = await serviceWorker.ready
      return new Promise((resolve) => {
        serviceWorker.onmessage = ({ data }) => resolve(data)
        serviceWorker.startMessages()
        active?.postMessage({ baseUrl })
      })
    }, address())
    expect(seen).toEqual(SEEN)
  })
})

test('in a frame without an origin the client says so, and starts with an absolute address', async () => {
  await browser.page.setContent(
    `<iframe sandbox="allow-scripts" srcdoc='${FRAME.replace('/app', `${pages.url}/app`)}'></iframe>`,
  )
  const frame = await (await browser.page.waitForSelector('iframe')).contentFrame()
  await frame?.waitForFunction(() => 'travel' in globalThis)
  const seen = await frame?.evaluate(async (url) => {
    const { createClient } = (
      globalThis as never as { entry: typeof import('../../../packages/client/src/index.ts') }
    ).entry
    const describeFault = (error: Error) => `${error.name}: ${error.message}`
    const relative = await Promise.resolve('/')
      .then((baseUrl) => createClient({ baseUrl }))
      .catch(describeFault)
    const state = await createClient({ baseUrl: url }).session.ready()
    return [relative, state.status]
  }, pages.url)
  expect(seen).toEqual(['TypeError: baseUrl must be an absolute URL: "/"', 'signed_out'])
})
