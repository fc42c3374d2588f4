import { describeAddress } from '../../welcome.ts'
import type { Answer, Command, Run } from '../command.ts'

const PATIENCE_MILLISECONDS = 5000

/** Asks the server of the same settings on this machine, for supervisors of a container that has no curl. */
export const HEALTH: Command = {
  name: 'health',
  summary: 'Ask the server on this machine whether it works; exit with 1 when not',
  usage: '[--ready]',
  options: {
    ready: {
      type: 'boolean',
      help: 'Ask whether it can serve: its database answers, and it is not stopping.',
    },
  },
  words: { min: 0, max: 0 },
  plan:
    ({ options }) =>
    (run) =>
      ask(run, options.ready ? '/readyz' : '/healthz'),
}

async function ask({ config }: Run, path: string): Promise<Answer> {
  const url = describeAddress(config.host, config.port) + path
  const seen = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) }).then(
    ({ status }) => String(status),
    () => 'no answer',
  )
  const answer = { text: `${url}: ${seen}`, data: { url, seen } }
  return seen === '200' ? answer : { ...answer, failure: 'The server does not work.' }
}
