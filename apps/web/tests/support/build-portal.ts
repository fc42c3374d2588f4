import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { makeOnce } from '@latchkey/testkit'
import { findLastChange } from '../../../server/tests/server-bundle.ts'

const WEB = join(import.meta.dirname, '../..')
const VITE = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
const SOURCES = ['apps/web/{index.html,*.ts,src/**}', 'packages/{client,contract,languages}/src/**']

/** Builds the portal for production, once for all test files of a run. */
export function buildPortal(): Promise<string> {
  return makeOnce(`portal-${findLastChange(SOURCES)}`, async (folder) => {
    const words = [VITE, 'build', '--logLevel', 'error', '--outDir', folder]
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, words, { cwd: WEB, env })
  })
}
