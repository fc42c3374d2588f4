import { writeFile } from 'node:fs/promises'
import { createReferenceText } from './src/doors/docs/openapi/reference.ts'

await writeFile(new URL('openapi.json', import.meta.url), createReferenceText())
