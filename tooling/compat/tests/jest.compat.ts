import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { listImportNames, listPeers } from '../src/client-package.ts'
import { type Installed, installFresh } from '../src/install.ts'
import { installRuntimes } from '../src/install-runtimes.ts'
import { JOURNEY, SEEN } from '../src/journey.ts'
import { LIMITS_OFF } from '../src/limits-off.ts'
import { runProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

const modules = join(await installRuntimes('jest'), 'node_modules')
const versions = readdirSync(modules)
  .filter((name) => /^jest-\d+$/.test(name))
  .map((name) => name.replace('jest-', ''))
let installed: Installed
let server: Latchkey

/** jsdom has no `fetch`, `Request` or `Response`. Programs of Jest often bring a `fetch` alone. */
const ENVIRONMENT = `
const Base = require(process.env.JSDOM_ENVIRONMENT)
module.exports = class extends (Base.TestEnvironment ?? Base) {
  async setup() {
    await super.setup()
    // The fetch of Node refuses the signals of jsdom.
    this.global.fetch = (input, init) => fetch(input, { ...init, signal: undefined })
  }
}`

const PAGE = `
const { journey } = require('./journey.js')
test('the client makes its journey', async () => {
  expect([typeof window, typeof Request]).toEqual(['object', 'undefined'])
  const entry = { ...require('@latchkey/client'), ...require('@latchkey/client/fetch') }
  const seen = await journey(entry, process.env.LATCHKEY_URL)
  expect(seen).toEqual(JSON.parse(process.env.SEEN))
}, 60_000)`

const NODE = `
/** @jest-environment node */
test.each(JSON.parse(process.env.NAMES))('requires %s', (name) => {
  expect(Object.keys(require(name))).not.toEqual([])
})
test('loads another language', async () => {
  const { describeSignedOut, loadMessages } = require('@latchkey/client/messages')
  expect(await loadMessages(['de-AT', 'en'])).toBe('de')
  expect(describeSignedOut('signed_out', 'de')).toBe('Sie sind abgemeldet.')
})`

beforeAll(async () => {
  ;[installed, server] = await Promise.all([installFresh(listPeers()), startLatchkey(LIMITS_OFF)])
  const { code } = await transform(await readFile(JOURNEY, 'utf8'), { format: 'cjs' })
  const files = {
    'journey.js': code,
    'environment.js': ENVIRONMENT,
    'page.test.js': PAGE,
    'node.test.js': NODE,
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(installed.folder, name), text)
})

afterAll(async () => {
  await Promise.all([installed?.remove(), server?.close()])
})

describe.each(versions)('Jest %s', (version) => {
  const run = (file: string) =>
    runProgram(process.execPath, [join(modules, `jest-${version}/bin/jest.js`), '--ci', file], {
      cwd: installed.folder,
      env: {
        JSDOM_ENVIRONMENT: join(modules, `jest-environment-jsdom-${version}`),
        LATCHKEY_URL: server.url,
        SEEN: JSON.stringify(SEEN),
        NAMES: JSON.stringify(listImportNames()),
      },
    })

  test('finds every entry and another language, and needs no setting for it', async () => {
    await run('node.test.js')
  })

  test('with jsdom and a fetch alone the client signs up, refreshes and signs out', async () => {
    const config = { testEnvironment: './environment.js' }
    await writeFile(join(installed.folder, 'jest.config.json'), JSON.stringify(config))
    await run('page.test.js')
  })
})
