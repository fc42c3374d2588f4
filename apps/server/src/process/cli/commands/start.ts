import type { Command } from '../command.ts'

/** Starts the server in this process. It ends by a signal, so the command has no answer. */
export const START: Command = {
  name: 'start',
  summary: 'Start the server, until Ctrl-C or SIGTERM',
  usage: '',
  options: {},
  words: { min: 0, max: 0 },
  plan: () => async () => {
    await import('../../main.ts')
    return new Promise(() => {})
  },
}
