import { readFile, writeFile } from 'node:fs/promises'
import { createReferenceText } from './src/doors/docs/openapi/reference.ts'
import { writeTables } from './src/process/config/documentation.ts'

const CONFIGURATION_PAGE = new URL('../../docs/configuration.md', import.meta.url)

await writeFile(new URL('openapi.json', import.meta.url), createReferenceText())
await writeFile(CONFIGURATION_PAGE, writeTables(await readFile(CONFIGURATION_PAGE, 'utf8')))
