/** An answer that arrived whole. */
export interface HttpAnswer {
  status: number
  /** The status line and the headers. */
  head: string
  body: string
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_LINE = Buffer.from('\r\n')

/**
 * Reads one answer, with a Content-Length or in chunks.
 *
 * @returns null while a part of it is still to come
 * @throws {Error} the answer has neither a length nor chunks
 */
export function readAnswer(received: Buffer): HttpAnswer | null {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = received.toString('latin1', 0, end)
  const body = readBody(head, received.subarray(end + END_OF_HEAD.length))
  return body === null ? null : { status: Number(head.slice(9, 12)), head, body }
}

function readBody(head: string, rest: Buffer): string | null {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length !== undefined)
    return rest.length < Number(length) ? null : rest.toString('utf8', 0, Number(length))
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) throw new Error(`An answer without a length:\n${head}`)
  return readChunks(rest)
}

function readChunks(rest: Buffer): string | null {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf(END_OF_LINE, at)
    if (lineEnd < 0) return null
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16)
    const start = lineEnd + END_OF_LINE.length
    const next = start + size + END_OF_LINE.length
    if (rest.length < next) return null
    if (size === 0) return Buffer.concat(chunks).toString()
    chunks.push(rest.subarray(start, start + size))
    at = next
  }
}

/** The cookies that an answer sets, as the text of a `Cookie` header. */
export function readCookies({ head }: HttpAnswer): string {
  const set = head.matchAll(/\r\nset-cookie: ([^;\r\n]+)/gi)
  return [...set].map(([, pair]) => pair).join('; ')
}
