import type { z } from 'zod'
import { CHAPTERS } from './index.ts'
import { fileVariableOf } from './secret-files.ts'
import { readWords } from './setting.ts'

const HEAD = '| variable | default | meaning |\n| --- | --- | --- |'

/** Writes the table of the variables of each chapter into `docs/configuration.md`, under the heading of the chapter. */
export function writeTables(page: string): string {
  return Object.entries(CHAPTERS).reduce((text, [title, variables]) => {
    const start = text.indexOf(`\n## ${title}\n`)
    const table = /(?:^\|.*\n)+/m.exec(text.slice(start))
    if (start < 0 || !table) throw new Error(`The page of the configuration has no table under "${title}".`)
    const from = start + table.index
    return text.slice(0, from) + createTable(variables) + text.slice(from + table[0].length)
  }, page)
}

function createTable(variables: Record<string, z.ZodType>): string {
  const rows = Object.entries(variables).map(([name, setting]) => {
    const words = readWords(setting)
    const names = words.secret ? `\`${name}\` \`${fileVariableOf(name)}\`` : `\`${name}\``
    return `| ${names} | ${words.default} | ${words.meaning} |`
  })
  return `${[HEAD, ...rows].join('\n')}\n`
}
