import { parseArgs } from 'node:util'

/** What `npm run faults` is to do. */
export interface Options {
  part: 'faults' | 'rolling' | 'memory'
  minutes: number
  seed: number
  instances: number
  kinds?: string[]
  /** `REFRESH_GRACE` of the servers that faults hit. */
  graceSeconds: number
  json: boolean
  help: boolean
}

/** What `npm run faults -- --help` prints. */
export const HELP = `npm run faults -- [options]

  --minutes <n>     how long faults are injected (15), or how long the load lasts
  --seed <n>        repeats the faults of a former run; chosen by chance unless given
  --instances <n>   server processes behind nginx, from 2 to 8 (2)
  --grace <n>       seconds of REFRESH_GRACE while faults are injected (30); with 0 each lost answer is a late retry
  --kinds <a,b>     these kinds of faults alone; a wrong name lists all
  --rolling         restarts one server after the other under load, with no faults
  --memory          samples the heap of the servers under load, with no faults
  --json            prints the figures as JSON
It needs nginx and a Redis. The exit code is 1 when there is a finding.
`

const MOST_INSTANCES = 8

/**
 * Reads the words of the command line.
 *
 * @throws {Error} that names the word which is wrong
 */
export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      minutes: { type: 'string', default: '15' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      instances: { type: 'string', default: '2' },
      kinds: { type: 'string' },
      grace: { type: 'string', default: '30' },
      rolling: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.rolling && values.memory) throw new Error('Choose --rolling or --memory.')
  return {
    part: values.rolling ? 'rolling' : values.memory ? 'memory' : 'faults',
    minutes: readNumber('--minutes', values.minutes, { least: 0.05, most: 24 * 60 }),
    seed: readNumber('--seed', values.seed, { least: 0, most: 2 ** 31, isWhole: true }),
    instances: readNumber('--instances', values.instances, { least: 2, most: MOST_INSTANCES, isWhole: true }),
    ...(values.kinds !== undefined && { kinds: values.kinds.split(',') }),
    graceSeconds: readNumber('--grace', values.grace, { least: 0, most: 600, isWhole: true }),
    json: values.json,
    help: values.help,
  }
}

function readNumber(
  name: string,
  text: string,
  { least, most, isWhole = false }: { least: number; most: number; isWhole?: boolean },
): number {
  const number = Number(text)
  const isFit = text !== '' && number >= least && number <= most && (!isWhole || Number.isInteger(number))
  if (!isFit)
    throw new Error(
      `${name} takes a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not "${text}".`,
    )
  return number
}
