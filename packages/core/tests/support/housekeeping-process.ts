import pino from 'pino'
import { createClock } from '../../src/database/clock.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { runRound } from '../../src/housekeeping/run-round.ts'

/** The orders of a test to the process that it will kill: the address of the database. */
const [, , url = ''] = process.argv
const { db } = openDatabase({ url, poolSize: 2, prepare: true })
const log = pino({ level: 'silent' })
const settings = { auditRetentionSeconds: 365 * 86_400, sessionsPerAccount: 10_000, batchRows: 10 }
await runRound({ db, clock: createClock(), log, ...settings }, { isForced: true })
