/** The call of another program that a request belongs to. */
export interface TraceParent {
  /** 32 hexadecimal digits in lower case. */
  traceId: string
  /** 16 hexadecimal digits in lower case. */
  spanId: string
  isSampled: boolean
}

const LONGEST_CHARACTERS = 256
const PATTERN = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/
const SAMPLED = 1

/**
 * Reads a `traceparent` header.
 *
 * @returns null for everything that the standard calls invalid
 * @see W3C Trace Context, section 3.2
 */
export function readTraceParent(header: string | null): TraceParent | null {
  if (header === null || header.length > LONGEST_CHARACTERS) return null
  const [, version, traceId = '', spanId = '', flags = '', more] = PATTERN.exec(header.trim()) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED }
}
