/** The years that PostgreSQL and JavaScript both write in four digits. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-01T00:00:00Z')

/** The time as it is; null for none, and for one that PostgreSQL and JavaScript write in different ways. */
export function readTime(time: Date | null): Date | null {
  const milliseconds = time?.getTime() ?? Number.NaN
  return milliseconds >= EARLIEST && milliseconds <= LATEST ? time : null
}
