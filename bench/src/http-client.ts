import { connect, type Socket } from 'node:net'

/** One keep-alive connection with one request at a time. It connects again after the server closed the connection. */
export interface HttpClient {
  /** Sends a JSON body (no body with GET), and returns the body of a 2xx answer. */
  ask(method: string, path: string, body?: object, bearer?: string): Promise<string>
  close(): void
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * Opens a connection with a minimal client, because the load must not cost more than the server.
 *
 * It reads only whole answers with a Content-Length, in their order.
 */
export async function openHttpClient(port: number): Promise<HttpClient> {
  let connection = await openConnection(port)
  return {
    ask: async (method, path, body, bearer) => {
      if (connection.socket.destroyed) connection = await openConnection(port)
      const { socket, answers } = connection
      const text = body ? JSON.stringify(body) : ''
      const auth = bearer ? `Authorization: Bearer ${bearer}\r\n` : ''
      const type = body ? `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n` : ''
      const answer = answers.next()
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${auth}${type}\r\n${text}`)
      return answer
    },
    close: () => connection.socket.destroy(),
  }
}

async function openConnection(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, answers: readAnswers(socket) }
}

function readAnswers(socket: Socket): { next(): Promise<string> } {
  let waiting: { resolve: (body: string) => void; reject: (error: Error) => void } | null = null
  let received = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = readAnswer(received)
    if (!answer) return
    received = Buffer.alloc(0)
    if (answer.status < 300) waiting?.resolve(answer.body)
    else waiting?.reject(new Error(`The server answered ${answer.status}: ${answer.body}`))
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

function readAnswer(received: Buffer): { status: number; body: string } | null {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = received.toString('latin1', 0, end)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
  if (Number.isNaN(length)) throw new Error(`An answer without a length:\n${head}`)
  const start = end + END_OF_HEAD.length
  if (received.length < start + length) return null
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', start, start + length) }
}
