import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import openapiTypescript, { astToString } from 'openapi-typescript'

const DOCUMENT = new URL('../../../apps/server/openapi.json', import.meta.url)

/** Writes the types of `openapi-typescript`, for `openapi-fetch`. */
export async function generateSchema(target: URL): Promise<void> {
  await mkdir(new URL('.', target), { recursive: true })
  await writeFile(target, astToString(await openapiTypescript(DOCUMENT)))
}

/** Writes the client of `@hey-api/openapi-ts`. */
export async function generateFetchClient(target: URL): Promise<void> {
  await createClient({
    input: fileURLToPath(DOCUMENT),
    output: { path: fileURLToPath(target), importFileExtension: '.ts' },
    logs: { level: 'silent' },
  })
}
