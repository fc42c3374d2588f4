// Writes the lockfile of an example again: node tooling/compat/lock-example.ts examples/<name> [npm install arguments]
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './src/run-program.ts'
import { takeClientOut } from './src/take-client-out.ts'

const LOCK = 'package-lock.json'

const [example = '', ...packages] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'latchkey-lock-'))
await copyFile(join(example, 'package.json'), join(folder, 'package.json'))
await copyFile(join(example, LOCK), join(folder, LOCK)).catch(() => {})
await takeClientOut(join(folder, 'package.json'))
const flags = ['--package-lock-only', '--omit-lockfile-registry-resolved=false', '--no-audit', '--no-fund']
await runProgram('npm', ['install', ...flags, ...packages], { cwd: folder })
await copyFile(join(folder, LOCK), join(example, LOCK))
await rm(folder, { recursive: true, force: true })
