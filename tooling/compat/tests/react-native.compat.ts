import { cp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installed, installFresh } from '../src/install.ts'
import { installRuntimes } from '../src/install-runtimes.ts'
import { JOURNEY, SEEN } from '../src/journey.ts'
import { LIMITS_OFF } from '../src/limits-off.ts'
import { runProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

/** The `URL` of React Native to 0.79, whose `origin` throws. */
const POLYFILL = `
import { URL, URLSearchParams } from 'react-native/Libraries/Blob/URL'
Object.assign(globalThis, { URL, URLSearchParams })`

const PROGRAM = `
import './polyfill'
import * as main from '@latchkey/client'
import * as fetchEntry from '@latchkey/client/fetch'
import * as react from '@latchkey/client/react'
import { journey } from './journey'
const entry = { ...main, ...fetchEntry }

async function travel() {
  const { baseUrl, urls } = globalThis
  const seen = await journey(entry, baseUrl)
  const client = entry.createClient({ baseUrl })
  const [password1, names] = ['a long enough phrase', { first_name: 'Ada', last_name: 'Lovelace' }]
  await client.register({ email: 'native-' + Date.now() + '@example.com', password1, password2: password1, ...names })
  await client.securityEvents.list({ cursor: 'a b&c' }).catch(() => {})
  return { seen, hooks: typeof react.useSession, last: urls.at(-1) }
}
globalThis.result = travel()`

const packages = await installRuntimes('react-native')
let installed: Installed
let server: Latchkey

beforeAll(async () => {
  ;[installed, server] = await Promise.all([installFresh(), startLatchkey(LIMITS_OFF)])
  await cp(dirname(JOURNEY), installed.folder, { recursive: true })
  await cp(JOURNEY, join(installed.folder, 'journey.js'))
  await writeFile(join(installed.folder, 'polyfill.js'), POLYFILL)
  await writeFile(join(installed.folder, 'native.js'), PROGRAM)
})

afterAll(async () => {
  await Promise.all([installed?.remove(), server?.close()])
})

describe.each(['with', 'without'])(
  'in React Native 0.79, bundled by Metro %s package exports',
  (exportsOfPackages) => {
    test('the client signs up, refreshes and signs out', async () => {
      const at = { cwd: installed.folder }
      const bundling = ['bundle-native.cjs', packages, installed.folder, exportsOfPackages]
      await runProgram(process.execPath, bundling, at)
      const running = ['run-native.cjs', 'native.bundle.js', server.url]
      const output = await runProgram(process.execPath, running, at)
      const last = `${server.url}/security-events/?cursor=a%20b%26c`
      expect(JSON.parse(output)).toEqual({ seen: SEEN, hooks: 'function', last })
    })
  },
)
