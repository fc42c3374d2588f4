import { forecastDatabase, prepareDatabase, readPreparation } from '@latchkey/core'
import type { Answer, Command, Run } from '../command.ts'
import { describeForecast } from '../describe-forecast.ts'

/** Migrates the database with the role of `DATABASE_URL`, so that the servers may run with a role that has fewer rights. */
export const MIGRATE: Command = {
  name: 'migrate',
  summary: 'Bring the tables and the mail queue up to date',
  usage: '[--check]',
  options: {
    check: {
      type: 'boolean',
      help: 'Change nothing; say what waits, and what it locks for how long. Exits with 1 then.',
    },
  },
  words: { min: 0, max: 0 },
  plan: ({ options }) => (options.check ? check : migrate),
}

const UP_TO_DATE = 'The database is up to date.'

async function check({ onDatabase }: Run): Promise<Answer> {
  const { waiting } = await onDatabase(readPreparation)
  if (waiting.length === 0) return { text: UP_TO_DATE, data: { waiting } }
  const forecast = await onDatabase(forecastDatabase)
  const lines = [...waiting.map((name) => `waits: ${name}`), describeForecast(forecast) ?? []].flat()
  return {
    text: lines.join('\n'),
    data: { waiting, ...forecast },
    failure: 'The database is not up to date. Run: latchkey migrate',
  }
}

async function migrate({ onDatabase }: Run): Promise<Answer> {
  return onDatabase(async (database) => {
    const { waiting: migrated } = await readPreparation(database)
    // A wait is told at once, beside the answer.
    await prepareDatabase(database, (sentence) => process.stderr.write(`${sentence}\n`))
    const lines = migrated.map((name) => `migrated: ${name}`)
    return { text: [...lines, UP_TO_DATE].join('\n'), data: { migrated } }
  })
}
