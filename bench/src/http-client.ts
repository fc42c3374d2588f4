import { connect, type Socket } from 'node:net'
import { type HttpAnswer, readAnswer } from './http-answer.ts'

/** A request with a JSON body, or with none. */
export interface HttpRequest {
  method: string
  path: string
  body?: object
  headers?: Record<string, string>
  /** The status that the answer must have; any below 300 unless given. */
  status?: number
}

/** One keep-alive connection with one request at a time. After a rest it connects again: the server may have closed it. */
export interface HttpClient {
  /**
   * Sends a request.
   *
   * @throws {Error} the answer has another status than the wanted one; the message has its status and body
   */
  call(request: HttpRequest): Promise<HttpAnswer>
  /** Sends a JSON body (no body with GET), and returns the body of a 2xx answer. */
  ask(method: string, path: string, body?: object, bearer?: string): Promise<string>
  close(): void
}

/** Servers close connections that were unused for some seconds. A call at that moment would fail. */
const REST_MILLISECONDS = 1000

/** Opens a connection with a minimal client, because the load must not cost more than the server. */
export async function openHttpClient(port: number): Promise<HttpClient> {
  let connection = await openConnection(port)
  let usedAt = performance.now()
  async function call(request: HttpRequest): Promise<HttpAnswer> {
    if (connection.socket.destroyed || performance.now() - usedAt > REST_MILLISECONDS) {
      connection.socket.destroy()
      connection = await openConnection(port)
    }
    const { socket, answers } = connection
    const answer = answers.next()
    socket.write(formatRequest(port, request))
    const received = await answer
    usedAt = performance.now()
    const isWanted = request.status ? received.status === request.status : received.status < 300
    if (!isWanted) throw new Error(`The server answered ${received.status}: ${received.body}`)
    return received
  }
  return {
    call,
    ask: async (method, path, body, bearer) => {
      const headers: Record<string, string> = bearer ? { Authorization: `Bearer ${bearer}` } : {}
      return (await call({ method, path, body, headers })).body
    },
    close: () => connection.socket.destroy(),
  }
}

function formatRequest(port: number, { method, path, body, headers = {} }: HttpRequest): string {
  const text = body ? JSON.stringify(body) : ''
  let head = `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n`
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`
  if (body) head += `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`
  return `${head}\r\n${text}`
}

async function openConnection(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, answers: readAnswers(socket) }
}

function readAnswers(socket: Socket): { next(): Promise<HttpAnswer> } {
  let waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | null = null
  let received = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = readAnswer(received)
    if (!answer) return
    received = Buffer.alloc(0)
    waiting?.resolve(answer)
  })
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection.')))
  socket.on('error', (error) => waiting?.reject(error))
  return {
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
      }),
  }
}
