import { COMMANDS, type Command } from './commands.ts'
import { JSON_OPTION } from './parse-command-line.ts'

const WIDTH = 54

function describeLine(left: string, right: string): string {
  return `  ${left.padEnd(WIDTH)} ${right}`
}

export const HELP = `Usage: latchkey <command> [options]

${COMMANDS.map(({ name, usage, summary }) => describeLine(`${name} ${usage}`, summary)).join('\n')}

An account is named by its address or its id. Every command has --json for programs, and --help. The settings are those
of the server; with the embedded database a command works while the server runs and while it does not.
latchkey --version prints the version. Exit codes: 0 done, 1 refused or failed, 2 not understood.
`

/** The text of `latchkey <command> --help`. */
export function helpOf({ name, usage, summary, options }: Command): string {
  const lines = Object.entries({ ...options, json: JSON_OPTION }).map(([option, { type, help }]) =>
    describeLine(`--${option}${type === 'string' ? ' …' : ''}`, help),
  )
  return [`Usage: latchkey ${name} ${usage}`, summary, '', ...lines, ''].join('\n')
}
