/** The environment of PostgreSQL's processes. It has no variable of the caller, above all no `PG…` and no `LD_…`. */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
