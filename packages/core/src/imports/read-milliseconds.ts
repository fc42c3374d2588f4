/** A time of a source that statements give in milliseconds since the epoch; null where it is none, or before it. */
export function readMilliseconds(milliseconds: number | null): Date | null {
  const isFit = milliseconds !== null && Number.isFinite(milliseconds) && milliseconds >= 0
  return isFit ? new Date(Math.floor(milliseconds)) : null
}

/** SQL that gives a time in milliseconds. */
export function inMilliseconds(expression: string): string {
  return `(extract(epoch from ${expression}) * 1000)::float8`
}
