import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { loadConfig } from '../../../apps/server/src/process/config/index.ts'

/** The only warning: the network of the metrics is for the operator to close, as these deployments do. */
export const PRIVATE_NETWORK =
  /^METRICS_HOST=0\.0\.0\.0 opens the metrics [^\n]*; keep it in a private network[^\n]*$/

/** An example of each secret, by the name of its file. */
const EXAMPLES: Record<string, string> = {
  'secret-key': randomBytes(36).toString('base64'),
  'database-url': 'postgres://latchkey:a-password@database/latchkey?sslmode=disable',
  'smtp-url': 'smtp://relay.example.com:587',
  'redis-url': 'redis://cache:6379',
}

/**
 * Reads the settings of a deployment as the server does in production.
 *
 * @param secrets - a folder with the files of secrets; examples unless given
 * @returns the mistakes and the warnings of the server, one a line; empty when there is none
 */
export function checkSettings(settings: Record<string, string>, secrets?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-settings-'))
  try {
    const env = Object.entries(settings).map(([name, value]) => {
      if (!name.endsWith('_FILE')) return [name, value]
      const path = join(secrets ?? folder, basename(value))
      if (secrets === undefined) writeFileSync(path, EXAMPLES[basename(value)] ?? '')
      return [name, path]
    })
    return loadConfig({ NODE_ENV: 'production', ...Object.fromEntries(env) }).warnings.join('\n')
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
