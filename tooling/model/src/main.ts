// Sessions against their model, for longer than a test does: npm run model -- [--steps N] [--seed N]
import { readOptions, USAGE } from './options.ts'
import { runModel } from './run-model.ts'

try {
  process.exitCode = await runModel(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(`model: ${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
