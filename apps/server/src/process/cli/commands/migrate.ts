import { listWaiting, prepareDatabase, SchemaError } from '@latchkey/core'
import type { BareRun, Command } from '../command.ts'

/** Migrates the database with the role of `DATABASE_URL`, so that the servers may run with a role that has fewer rights. */
export const MIGRATE: Command = {
  name: 'migrate',
  summary: 'Bring the tables and the mail queue up to date',
  usage: '[--check]',
  options: {
    check: { type: 'boolean', help: 'Change nothing; exit with 1 when something waits.' },
  },
  words: { min: 0, max: 0 },
  runBare: migrate,
}

async function migrate({ database, given, print }: BareRun): Promise<void> {
  const waiting = await listWaiting(database)
  for (const name of waiting) print(given.options.check ? `waits: ${name}` : `migrates: ${name}`)
  if (given.options.check && waiting.length > 0) {
    throw new SchemaError('The database is not up to date. Run: latchkey migrate')
  }
  if (!given.options.check) await prepareDatabase(database, print)
  print('The database is up to date.')
}
