import { describeAddress, readDatabaseUrl } from '@latchkey/core'
import { describeStartFailure } from '../../start-failure.ts'
import { type Check, good, look, mend } from './check.ts'

/** Connects as the server does. The other checks of the database use this connection. */
export const DATABASE: Check = {
  name: 'database',
  examine: async ({ config, reach }) => {
    const settings = config()
    try {
      await reach()
    } catch (error) {
      return [mend(describeStartFailure(error, 'database', settings))]
    }
    const { databaseUrl, production, dataDir } = settings
    if (databaseUrl !== null) return [good(`reached at ${describeAddress(readDatabaseUrl(databaseUrl))}`)]
    const { listDataFolders } = await import('@latchkey/embedded-postgres')
    const folders = (await listDataFolders(dataDir)).join(' and ')
    const told = `the embedded PostgreSQL in ${folders} answers`
    return [production ? look(`${told}: it serves one machine only; back up ${folders}`) : good(told)]
  },
}
