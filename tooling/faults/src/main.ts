import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRun, tellRun } from './ledger/report.ts'
import { HELP, type Options, readOptions } from './options.ts'
import { rollServers } from './roll-servers.ts'
import { runFaults } from './run-faults.ts'
import { sampleMemory, tellTrend } from './sample-memory.ts'

const PROGRAM = join(import.meta.dirname, '../../../apps/server/dist/main.js')

async function main(): Promise<number> {
  const options = readWords()
  if (!options) return NOT_UNDERSTOOD
  if (options.help) {
    process.stdout.write(HELP)
    return 0
  }
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-faults-logs-'))
  process.stderr.write(`The logs of the servers are in ${folder}.\n`)
  return PARTS[options.part](options, folder)
}

/** The exit code of a command line that is not understood. */
const NOT_UNDERSTOOD = 2

/** Null when a word is wrong: then it has said which. */
function readWords(): Options | null {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\nSee: npm run faults -- --help\n`)
    return null
  }
}

const PARTS = { faults: inject, rolling: roll, memory: watchMemory }

async function roll(options: Options, folder: string): Promise<number> {
  const { ledger, ...record } = await rollServers({
    ...options,
    ...{ program: PROGRAM, folder, report },
    seconds: options.minutes * 60,
    peoplePerDoor: 7,
  })
  const { findings, statuses } = ledger
  const lines = [
    `${record.instances} servers behind nginx, ${record.restarts.length} restarts one after the other`,
    `calls: ${record.calls}, failed: ${record.failed}, longest answer ${record.longestMilliseconds} ms`,
    ...findings.map(({ kind, text }) => `  ${kind}: ${text}`),
  ]
  print(options, lines.join('\n'), { ...record, calls: statuses.all(), findings })
  return findings.length === 0 ? 0 : 1
}

async function watchMemory(options: Options, folder: string): Promise<number> {
  const { trends, ledger } = await sampleMemory({
    ...options,
    ...{ program: PROGRAM, folder, report },
    seconds: options.minutes * 60,
    peoplePerDoor: 7,
  })
  const { findings } = ledger
  const lines = [...trends.map(tellTrend), ...findings.map(({ kind, text }) => `  ${kind}: ${text}`)]
  print(options, lines.join('\n'), { trends, findings })
  return findings.length === 0 ? 0 : 1
}

function report(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print({ json }: Options, text: string, data: object): void {
  process.stdout.write(`${json ? JSON.stringify(data, null, 2) : text}\n`)
}

async function inject(options: Options, folder: string): Promise<number> {
  process.stderr.write(`The seed is ${options.seed}.\n`)
  const run = await runFaults({
    ...options,
    program: PROGRAM,
    folder,
    seconds: options.minutes * 60,
    peoplePerDoor: 7,
    thieves: 2,
    standing: [500, 7000],
    pause: [1000, 6000],
    report,
  })
  print(options, tellRun(run), describeRun(run))
  return run.ledger.findings.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  // A range error names a wrong word of the caller.
  const text =
    error instanceof RangeError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}
