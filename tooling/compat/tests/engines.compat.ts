import { cp, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listPeers } from '../src/client-package.ts'
import { findWorkerd, listEngines } from '../src/engines.ts'
import { type Installed, installFresh } from '../src/install.ts'
import { installRuntimes } from '../src/install-runtimes.ts'
import { JOURNEY, SEEN, VERIFIED } from '../src/journey.ts'
import { LIMITS_OFF } from '../src/limits-off.ts'
import { runProgram, startProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

const MODULE = `
import * as main from '@latchkey/client'
import * as fetchEntry from '@latchkey/client/fetch'
import * as serverEntry from '@latchkey/client/server'
import { journey, verification } from './journey.mjs'
const entry = { ...main, ...fetchEntry }
const url = process.argv[2]
console.log(JSON.stringify([await journey(entry, url), await verification(serverEntry, entry, url)]))`

const SCRIPT = `
const entry = { ...require('@latchkey/client'), ...require('@latchkey/client/fetch') }
const serverEntry = require('@latchkey/client/server')
import('./journey.mjs').then(async ({ journey, verification }) => {
  const url = process.argv[2]
  console.log(JSON.stringify([await journey(entry, url), await verification(serverEntry, entry, url)]))
})`

const WORKER = `
import * as main from '@latchkey/client'
import * as fetchEntry from '@latchkey/client/fetch'
import * as serverEntry from '@latchkey/client/server'
import { journey, verification } from './journey.mjs'
const entry = { ...main, ...fetchEntry }
export default {
  async fetch(request) {
    const url = new URL(request.url).searchParams.get('server')
    return Response.json([await journey(entry, url), await verification(serverEntry, entry, url)])
  },
}`

const WORKERD_CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.bundle.mjs")],
      compatibilityDate = "2026-11-01",
      globalOutbound = "internet",
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`

const SERVER_COMPONENT = `
import { AuthProvider, useSession } from '@latchkey/client/react'
try {
  useSession()
} catch (error) {
  console.log(typeof AuthProvider, error.message)
}`

const engines = await installRuntimes('engines')
let installed: Installed
let server: Latchkey

beforeAll(async () => {
  ;[installed, server] = await Promise.all([installFresh(listPeers()), startLatchkey(LIMITS_OFF)])
  const write = (name: string, text: string) => writeFile(join(installed.folder, name), text)
  await cp(dirname(JOURNEY), installed.folder, { recursive: true })
  await write('module.mjs', MODULE)
  await write('script.cjs', SCRIPT)
  await write('worker.mjs', WORKER)
  await write('workerd.capnp', WORKERD_CONFIG)
})

afterAll(async () => {
  await Promise.all([installed?.remove(), server?.close()])
})

describe.each(listEngines(engines))('in $name the client signs up, refreshes and signs out', (engine) => {
  test.each(['module.mjs', 'script.cjs'])('from %s', async (file) => {
    const args = [...engine.args, file, server.url]
    const output = await runProgram(engine.command, args, { cwd: installed.folder })
    expect(JSON.parse(output)).toEqual([SEEN, VERIFIED])
  })
})

test("in Cloudflare's workerd the client signs up, refreshes and signs out", async () => {
  const bundle = join(installed.folder, 'worker.bundle.mjs')
  const conditions = ['workerd', 'worker', 'browser']
  const entryPoints = [join(installed.folder, 'worker.mjs')]
  await build({ entryPoints, outfile: bundle, bundle: true, format: 'esm', conditions, target: 'es2022' })
  const workerd = await startProgram(findWorkerd(engines), ['serve', '--control-fd=1', 'workerd.capnp'], {
    cwd: installed.folder,
    ready: /"socket":"http","port":(\d+)/,
  })
  try {
    const answer = await fetch(`http://127.0.0.1:${workerd.ready[1]}/?server=${server.url}`)
    expect(await answer.json(), workerd.output()).toEqual([SEEN, VERIFIED])
  } finally {
    await workerd.stop()
  }
})

describe('in a server component of React', () => {
  test.each(['module', 'commonjs'])('a hook says what is to be done (%s)', async (kind) => {
    const isModule = kind === 'module'
    const file = isModule ? 'server-component.mjs' : 'server-component.cjs'
    const text = isModule
      ? SERVER_COMPONENT
      : SERVER_COMPONENT.replace(/import (.*) from (.*)/, 'const $1 = require($2)')
    await writeFile(join(installed.folder, file), text)
    const args = ['--conditions=react-server', file]
    const output = await runProgram(process.execPath, args, { cwd: installed.folder })
    expect(output).toBe(
      "function @latchkey/client/react works in client components: begin the file that imports it with 'use client'.\n",
    )
  })

  test.each(['dist/react/index.js', 'dist/cjs/react/index.js'])(
    '%s is marked as of the client',
    async (file) => {
      const text = await readFile(join(installed.folder, 'node_modules/@latchkey/client', file), 'utf8')
      expect(text).toMatch(/^(?:["']use strict["'];\s*)?["']use client["']/)
    },
  )
})
