import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

const BAD = { status: 400, detail: 'Bad request.', code: 'parse_error' }

/** The errors of the HTTP parser, by its own codes. Bytes with any other error are not HTTP. */
const REFUSED: Record<string, typeof BAD> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not arrive.', code: 'parse_error' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    detail: 'Request body is too large.',
    code: 'request_too_large',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    detail: 'The request headers are too large.',
    code: 'request_too_large',
  },
}

/** Answers bytes that are not a request, or that do not arrive in time. It writes to the socket and closes it. */
export function refuseMalformed(
  socket: Socket,
  refused: { errorCode: string | undefined; headers: [string, string][] },
): void {
  const { status, ...body } = REFUSED[refused.errorCode ?? ''] ?? BAD
  const text = JSON.stringify(body)
  const headers = [
    ...refused.headers,
    ['X-Request-Id', randomUUID()],
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
    ['Content-Length', String(Buffer.byteLength(text))],
    ['Connection', 'close'],
  ]
  const lines = headers.map((header) => header.join(': '))
  socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n'))
  socket.destroySoon()
}
