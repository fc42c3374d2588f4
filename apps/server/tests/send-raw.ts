import { once } from 'node:events'
import { connect } from 'node:net'
import { type Answer, parse } from './call.ts'

/** Sends bytes to a server, and reads until it closes the connection. */
export async function sendRaw(url: string, bytes: string): Promise<Answer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let told = ''
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    told += chunk
  })
  await once(socket, 'connect')
  socket.write(bytes, 'latin1')
  if (!socket.closed) await once(socket, 'close')
  const [head = '', text = ''] = told.split('\r\n\r\n')
  const headers = new Headers()
  for (const [, name = '', value = ''] of head.matchAll(/\r\n([\w-]+): (.*)/g)) headers.append(name, value)
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), headers, text, body: parse(text) }
}

/** Sends a request without a body whose target is not changed on the way. */
export function sendTarget(url: string, target: string, { method = 'GET', host = 'localhost' } = {}) {
  return sendRaw(url, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
}
