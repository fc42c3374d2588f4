import type { Database } from '../database/connection.ts'
import type { ExaminedPage, Place } from '../tables/purge-page.ts'

/** Something that the housekeeping goes through, one part after another. */
export interface Walk {
  /** The name of the table, or of another work. */
  name: string
  /**
   * Goes through one part, in a transaction that it does not end. It may run more than once for the same part.
   *
   * Fewer examined rows than asked for mean that the end is reached.
   */
  work(tx: Database, place: Place): Promise<ExaminedPage>
  /** Estimates the rows of the whole; unless given, they are few. */
  estimate?(db: Database): Promise<number>
  /** How long it rests after its end; an hour unless given. */
  restSeconds?: number
  /** Whether one part may take up to a minute. */
  isPatient?: boolean
}
