import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { showProgress } from '../../../apps/server/src/process/cli/progress.ts'
import type { ModelOptions } from './options.ts'

const root = join(import.meta.dirname, '../../..')
const TEST = 'packages/core/tests/session-model.test.ts'
const PAUSE_MILLISECONDS = 1000

/**
 * Runs the test of the model with more steps. The progress goes to the standard error output, and the table to the other.
 *
 * @returns the exit code: 0 when the server and the model agree; else what the test said was printed
 */
export async function runModel({ steps, seed }: ModelOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-model-'))
  const progress = join(folder, 'progress')
  const report = join(folder, 'report')
  console.error(`sessions against the model: ${steps} steps, seed ${seed}`)
  const stop = watchProgress(progress, steps)
  try {
    const env = {
      ...process.env,
      LATCHKEY_TEST_SEED: String(seed),
      LATCHKEY_MODEL_STEPS: String(steps),
      LATCHKEY_MODEL_PROGRESS: progress,
      LATCHKEY_MODEL_REPORT: report,
    }
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const run = spawn(process.execPath, [vitest, 'run', '--root', root, TEST], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    })
    const [[code], said, mistakes] = await Promise.all([
      once(run, 'exit'),
      text(run.stdout),
      text(run.stderr),
    ])
    stop()
    if (code !== 0) console.error(said + mistakes)
    else process.stdout.write(await readFile(report, 'utf8'))
    return code ?? 1
  } finally {
    stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Shows how far the test is, which it writes into a file. */
function watchProgress(file: string, total: number): () => void {
  const show = showProgress('steps')
  const timer = setInterval(async () => {
    const done = Number(await readFile(file, 'utf8').catch(() => '0'))
    if (done > 0) show({ done: Math.min(done, total), total })
    if (done >= total) clearInterval(timer)
  }, PAUSE_MILLISECONDS)
  return () => clearInterval(timer)
}
