import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Finds a file of Swagger UI: beside the bundle in production, in its package in development. */
export function findAsset(name: string): string {
  const bundled = join(dirname(fileURLToPath(import.meta.url)), 'docs', name)
  return existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`)
}
