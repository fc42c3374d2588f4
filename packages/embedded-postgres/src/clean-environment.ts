/** The environment of PostgreSQL's processes: nothing of the caller's, above all no `PG…` and no `LD_…`. */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
