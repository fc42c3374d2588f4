import { describeStartFailure } from '../../start-failure.ts'
import { type Check, good, mend } from './check.ts'
import { Unexamined } from './unexamined.ts'

/** Opens the domain as a start does: its keys and its mail in the database can only be read with the right secret. */
export const START: Check = {
  name: 'start',
  examine: async ({ config, start }) => {
    const settings = config()
    try {
      await start()
      return [good('a server starts with this database, secret key and mail templates')]
    } catch (error) {
      if (error instanceof Unexamined) throw error
      return [mend(describeStartFailure(error, 'database', settings))]
    }
  },
}
