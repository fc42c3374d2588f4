import type { Logger } from 'pino'
import type { Clock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'

/** What the housekeeping needs. */
export interface HousekeepingOptions {
  /** Each batch has the deadline of this database. */
  db: Database
  /** For the few statements that take longer; `db` unless given. */
  patientDb?: Database
  clock: Clock
  log: Logger
  auditRetentionSeconds: number
  /** Default: 100. */
  sessionsPerAccount?: number
  /** The most rows that one transaction examines; 1000 unless given. Only tests change it. */
  batchRows?: number
  /** The rows that a sweep examines before it rests; a million unless given. Only tests change it. */
  shareRows?: number
}
