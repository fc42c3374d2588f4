import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { takeBasePath } from './base-path.ts'
import type { TrustedProxies } from './forwarded.ts'
import { refuseMalformed } from './refuse-malformed.ts'
import { readRequestId } from './request-id.ts'

/**
 * Answers what arrives at a server, HTTP or not.
 *
 * The id and the headers are set here, outside the app, so that a refusal before the app has them too.
 */
export function answerAll(
  server: Server,
  answering: {
    listener: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
    /** The path of `PUBLIC_URL`, which the listener does not see. */
    basePath: string
    headers: [string, string][]
    trustedProxies: TrustedProxies
  },
): void {
  const { listener, basePath, headers, trustedProxies } = answering
  const answers = new WeakMap<Socket, ServerResponse>()
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answers.set(incoming.socket, outgoing)
    outgoing.setHeader('X-Request-Id', readRequestId(incoming, trustedProxies))
    for (const [name, value] of headers) outgoing.setHeader(name, value)
    incoming.url = takeBasePath(incoming.url ?? '', basePath)
    void listener(incoming, outgoing)
  }
  server.on('request', answer)
  server.on('checkExpectation', answer)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const last = answers.get(socket)
    const isAnswering = last?.headersSent === true && !last.writableFinished
    if (isAnswering || !socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else refuseMalformed(socket, { errorCode: error.code, headers })
  })
}
