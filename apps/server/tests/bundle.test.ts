import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ASSETS } from '../src/doors/pages/html/index.ts'
import { call } from './call.ts'
import { type Run, runServer, waitForAddress } from './run-server.ts'

const path = (name: string) => new URL(`../${name}`, import.meta.url).pathname

let dist: string
let portal: string
let database: TestDatabase
let server: Run
let url: string
beforeAll(async () => {
  dist = await mkdtemp(path('node_modules/dist-'))
  portal = await mkdtemp(path('node_modules/portal-'))
  const ofPortal = [{ name: 'a-part-of-the-portal', version: '1.0.0', identifier: 'ISC', text: 'Copyright' }]
  await writeFile(join(portal, 'third-party-licenses.json'), JSON.stringify(ofPortal))
  const args = [path('build.ts'), path('src/process/main.ts'), dist, portal]
  await promisify(execFile)(process.execPath, args)
  database = await createTestDatabase({ empty: true })
  server = runServer({ DATABASE_URL: database.url }, join(dist, 'main.js'))
  url = await waitForAddress(server)
})
afterAll(async () => {
  server?.process.kill('SIGTERM')
  await server?.exit
  await database?.drop()
  for (const folder of [dist, portal]) await rm(folder, { recursive: true, force: true })
})

it.each(ASSETS)('the bundle serves the same $path as the sources', async ({ path: asset, body }) => {
  expect(await call(url + asset)).toMatchObject({ status: 200, text: body })
})

it.each([
  ['page.js', 'show-document.js'],
  ['page.css', 'page.css'],
])('the bundle serves %s of the page at /docs as it is written', async (name, file) => {
  const text = await readFile(path(`src/doors/docs/browser/${file}`), 'utf8')
  expect(await call(`${url}/docs/${name}`)).toMatchObject({ status: 200, text })
})

it('the licence file beside the bundle has a section for every package of its source maps', async () => {
  const licenses = await readFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8')
  const maps = (await readdir(dist)).filter((name) => name.endsWith('.js.map'))
  const sources = await Promise.all(
    maps.map(async (name) => JSON.parse(await readFile(join(dist, name), 'utf8')).sources as string[]),
  )
  // pnpm's folder of a package has its name and its version: `.pnpm/@hono+node-server@2.1.9_…`.
  const folders = sources.flat().flatMap((source) => [...source.matchAll(/\/\.pnpm\/(@?[^@/]+)@([^_(/]+)/g)])
  const packages = new Set(folders.map(([, name = '', version]) => `${name.replace('+', '/')} ${version}`))
  expect(packages.size).toBeGreaterThan(20)
  const headings = [...licenses.matchAll(/^-{80}\n(.*)\nLicence: (.*)$/gm)]
  const named = headings.map(([, heading]) => heading)
  expect([...packages].filter((entry) => !named.includes(entry))).toEqual([])
  // What is no module of the bundle: the native add-on, the page of the document, the portal.
  for (const name of ['@node-rs/argon2', '@node-rs/bcrypt', 'swagger-ui-dist', 'a-part-of-the-portal'])
    expect(`\n${named.join('\n')}`).toContain(`\n${name}`)
  expect(headings.filter(([, , license]) => license === 'see the text')).toEqual([])
})

it('the bill of materials beside the bundle is CycloneDX 1.6, and lists the packages of the licence file', async () => {
  const text = await readFile(join(dist, 'sbom.cdx.json'), 'utf8')
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull()
  const { components } = JSON.parse(text) as {
    components: { group?: string; name: string; version: string }[]
  }
  const listed = components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name} ${version}`)
  const licenses = await readFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8')
  const licensed = [...licenses.matchAll(/^-{80}\n(.*)\nLicence: /gm)].map(([, heading]) => heading)
  expect(listed.toSorted()).toEqual(licensed.toSorted())
})
