import { startEmbeddedPostgres } from '../src/index.ts'

// A server process for tests. It takes the database, prints the address, and gives the database back on SIGTERM.
const [dataDir = '', version = '18'] = process.argv.slice(2)
const postgres = await startEmbeddedPostgres({
  dataDir,
  version: version === '14' ? 14 : 18,
  settings: { fsync: 'off' },
})
console.log(postgres.url)
const idle = setInterval(() => undefined, 60_000)
process.once('SIGTERM', async () => {
  await postgres.stop()
  clearInterval(idle)
})
