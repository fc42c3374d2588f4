import { writeFile } from 'node:fs/promises'
import { createOperationsPage } from './src/operations-page.ts'

await writeFile(new URL('../../docs/guides/side-by-side.md', import.meta.url), createOperationsPage())
