import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installed, installFresh } from '../src/install.ts'
import { JOURNEY, SEEN } from '../src/journey.ts'
import { runProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

let installed: Installed
let server: Latchkey

beforeAll(async () => {
  ;[installed, server] = await Promise.all([installFresh(), startLatchkey()])
  await copyFile(JOURNEY, join(installed.folder, 'journey.mjs'))
})

afterAll(async () => {
  await Promise.all([installed?.remove(), server?.close()])
})

const PROGRAM = `
import * as entry from '@latchkey/client'
import { journey } from './journey.mjs'
console.log(JSON.stringify(await journey(entry, process.argv[1])))`

test('the client makes its journey in Node', async () => {
  const args = ['--input-type=module', '-e', PROGRAM, server.url]
  const output = await runProgram(process.execPath, args, { cwd: installed.folder })
  expect(JSON.parse(output)).toEqual(SEEN)
})
