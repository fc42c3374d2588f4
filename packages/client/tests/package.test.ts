import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedServer, startServer } from './support/started-server.ts'

const here = join(import.meta.dirname, '..')
const run = promisify(execFile)
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

/** A connection that the registry leaves open is given up after 20 seconds. The default is five minutes. */
const FLAGS = [
  '--no-audit',
  '--no-fund',
  '--legacy-peer-deps',
  '--prefer-offline',
  '--fetch-timeout=20000',
  '--fetch-retries=5',
]

let folder: string
let installed: string
let server: StartedServer

beforeAll(async () => {
  // The package is installed as it is published: from a tarball, in a folder outside this repository.
  folder = await mkdtemp(join(tmpdir(), 'latchkey-consumer-'))
  execFileSync(process.execPath, ['build.ts'], { cwd: here })
  const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', folder], { cwd: here })
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  const tarball = JSON.parse(stdout).filename
  const packages = [
    tarball,
    '@types/react@19.3.0',
    'react@19.3.1',
    '@trpc/client@11.25.2',
    '@trpc/server@11.25.2',
  ]
  await run('npm', ['install', ...FLAGS, ...packages], { cwd: folder })
  installed = join(folder, 'node_modules/@latchkey/client')
  server = await startServer()
}, 600_000)

afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const PROGRAM = `
import { createClient, isLatchkeyError } from '@latchkey/client'
const client = createClient({ baseUrl: process.argv[2] ?? '' })
const names = { first_name: 'Ada', last_name: 'Lovelace' }
const password = 'a long enough phrase'
await client.register({ email: 'ada@example.com', password1: password, password2: password, ...names })
console.log((await client.user.get()).first_name)
await client.logout()
await client.login({ email: 'ada@example.com', password: 'wrong' }).catch((error: unknown) => {
  if (isLatchkeyError(error)) console.log(error.code)
})
`

/** Type-checks a program with the strictest options, including the declarations of the package. */
async function check(source: string, options: { module?: string[]; lib?: string } = {}): Promise<string> {
  await writeFile(join(folder, 'program.ts'), source)
  const { module = ['--module', 'nodenext'], lib = 'es2022,dom,dom.iterable' } = options
  const flags = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--target', 'es2022', '--lib', lib]
  const typeFlags = ['--types', '', '--skipLibCheck', 'false', '--extendedDiagnostics']
  const all = [tsc, ...flags, ...module, ...typeFlags, 'program.ts']
  const { stdout } = await run(process.execPath, all, { cwd: folder }).catch((error) => error)
  return stdout
}

function countInstantiations(diagnostics: string): number {
  return Number(/Instantiations:\s+(\d+)/.exec(diagnostics)?.[1])
}

const declareProcess = 'declare const process: { argv: string[] }\n'
const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler']

describe('a program that installs the package', () => {
  test('of ten lines type-checks and runs against `npm start`', async () => {
    expect(await check(declareProcess + PROGRAM)).not.toContain('error TS')
    expect(await check(declareProcess + PROGRAM, { module: bundler })).not.toContain('error TS')
    expect(await check(declareProcess + PROGRAM.replace("'wrong'", '1'))).toContain('error TS')
    await writeFile(join(folder, 'program.ts'), PROGRAM)
    const { stdout } = await run(process.execPath, ['program.ts', server.url], { cwd: folder })
    expect(stdout).toBe('Ada\nincorrect_credentials\n')
  })

  test('that takes every right password for a session does not compile', async () => {
    const careless = PROGRAM.replace('await client.login', 'const { userId } = await client.login')
    expect(careless).not.toBe(PROGRAM)
    expect(await check(declareProcess + careless)).toContain("'userId' does not exist")
  })

  test('needs few type instantiations', async () => {
    const empty = countInstantiations(await check(declareProcess))
    const cost = countInstantiations(await check(declareProcess + PROGRAM)) - empty
    console.info(`type instantiations: ${cost} beside the ${empty} of an empty program`)
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThan(1_000)
  })

  test('type-checks with every other entry', async () => {
    const others = `
      import { createClient } from '@latchkey/client'
      import { createGuards, createVerifier } from '@latchkey/client/server'
      import { AuthProvider, useUser } from '@latchkey/client/react'
      export const guards = createGuards(createVerifier({ issuer: 'https://auth.example.com' }))
      export const page = [AuthProvider, useUser, createClient({ baseUrl: 'https://auth.example.com' })]`
    expect(await check(others)).not.toContain('error TS')
    const raw = `
      import { createClient } from '@latchkey/client'
      import { createTrpcClient } from '@latchkey/client/trpc'
      const trpc = createTrpcClient(createClient({ baseUrl: 'https://auth.example.com' }))
      export const tokens = trpc.auth.login.mutate({ email: '', password: '' }).then((t) => 'access' in t && t.access)`
    const empty = countInstantiations(await check('', { lib: 'es2022,dom,dom.iterable,esnext.disposable' }))
    const diagnostics = await check(raw, { lib: 'es2022,dom,dom.iterable,esnext.disposable' })
    expect(diagnostics).not.toContain('error TS')
    const careless = raw.replace("'access' in t && ", '')
    expect(await check(careless, { lib: 'es2022,dom,dom.iterable,esnext.disposable' })).toContain(
      "'access' does not exist",
    )
    const cost = countInstantiations(diagnostics) - empty
    console.info(`type instantiations of the raw tRPC client: ${cost}`)
    expect(cost).toBeLessThan(12_000)
  })
})

describe('the package', () => {
  test('has no finding of publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
  })

  test('contains the licence of every package that it brings', async () => {
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
    const licenses = await readFile(join(installed, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
    expect(Object.keys(dependencies).length).toBeGreaterThan(0)
    for (const name of Object.keys(dependencies)) {
      const manifest = join(folder, 'node_modules', name, 'package.json')
      const { version, license } = JSON.parse(await readFile(manifest, 'utf8'))
      expect(licenses).toContain(`\n${name} ${version}\nLicence: ${license}\n`)
      expect(licenses).toContain((await readFile(join(manifest, '../LICENSE.md'), 'utf8')).trim())
    }
  })
})
