/**
 * Requires the address of a source's database.
 *
 * @throws with a sentence that names the setting
 */
export function requireUrl(setting: string, url: string | null): string {
  if (url !== null) return url
  throw new Error(`Set ${setting} to the database of the source: postgres://user:password@host:5432/database`)
}
