import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ASSETS } from '../src/doors/pages/html/index.ts'
import { call } from './call.ts'
import { type Run, runServer, waitForAddress } from './run-server.ts'

const path = (name: string) => new URL(`../${name}`, import.meta.url).pathname

let dist: string
let database: TestDatabase
let server: Run
let url: string
beforeAll(async () => {
  dist = await mkdtemp(path('node_modules/dist-'))
  await promisify(execFile)(process.execPath, [path('build.ts'), path('src/process/main.ts'), dist])
  database = await createTestDatabase({ empty: true })
  server = runServer({ DATABASE_URL: database.url }, join(dist, 'main.js'))
  url = await waitForAddress(server)
})
afterAll(async () => {
  server?.process.kill('SIGTERM')
  await server?.exit
  await database?.drop()
  await rm(dist, { recursive: true, force: true })
})

it.each(ASSETS)('the bundle serves the same $path as the sources', async ({ path: asset, body }) => {
  expect(await call(url + asset)).toMatchObject({ status: 200, text: body })
})

it('the bundle serves the script of the page at /docs as it is written', async () => {
  const script = await readFile(path('src/doors/docs/browser/show-document.js'), 'utf8')
  expect(await call(`${url}/docs/page.js`)).toMatchObject({ status: 200, text: script })
})
