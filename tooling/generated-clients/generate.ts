import { rm } from 'node:fs/promises'
import { generateFetchClient, generateSchema } from './src/generate.ts'

const generated = new URL('src/generated/', import.meta.url)
await rm(generated, { recursive: true, force: true })
await generateSchema(new URL('schema.ts', generated))
await generateFetchClient(new URL('hey-api/', generated))
