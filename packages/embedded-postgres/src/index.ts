export type { PostgresVersion } from './binaries.ts'
export { listDataFolders } from './data-folder.ts'
export { EmbeddedPostgresError } from './errors.ts'
export { type EmbeddedPostgres, type StartInput, startEmbeddedPostgres } from './start-embedded-postgres.ts'
