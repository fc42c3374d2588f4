import { UsageError } from '../../usage-error.ts'

/**
 * Requires the address of a source's database.
 *
 * @throws {UsageError} naming the setting
 */
export function requireUrl(setting: string, url: string | null): string {
  if (url !== null) return url
  throw new UsageError(
    `Set ${setting} to the database of the source: postgres://user:password@host:5432/database`,
  )
}
