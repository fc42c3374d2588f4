import { readFile, writeFile } from 'node:fs/promises'
import { createReferenceText } from './src/doors/docs/openapi/reference.ts'
import { writeTables } from './src/process/config/documentation.ts'
import { writeMetricsTable } from './src/process/telemetry/documentation.ts'

const MONITORING_PAGE = new URL('../../docs/guides/monitoring.md', import.meta.url)
const CONFIGURATION_PAGE = new URL('../../docs/configuration.md', import.meta.url)

await writeFile(new URL('openapi.json', import.meta.url), createReferenceText())
await writeFile(CONFIGURATION_PAGE, writeTables(await readFile(CONFIGURATION_PAGE, 'utf8')))
await writeFile(MONITORING_PAGE, await writeMetricsTable(await readFile(MONITORING_PAGE, 'utf8')))
