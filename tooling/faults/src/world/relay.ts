import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type ReadMail, readMail } from './read-mail.ts'

/** A mail that the relay has accepted. */
export interface RelayMail extends ReadMail {
  /** Milliseconds of `performance.now()`. */
  at: number
  /** False when the sender could not learn that the mail was accepted. */
  isAnswered: boolean
}

/** How the relay behaves: it takes mail, says nothing, refuses for now, or takes mail and hangs up without a word. */
export type RelayMood = 'takes' | 'stalls' | 'refuses' | 'hangs up'

/** An SMTP server that keeps what it accepts. */
export interface Relay {
  port: number
  mood: RelayMood
  mails: RelayMail[]
  close(): Promise<void>
}

/** Starts a relay on a free port of this machine. */
export async function startRelay(): Promise<Relay> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    converse(socket, relay)
  })
  const relay: Relay = {
    port: 0,
    mood: 'takes',
    mails: [],
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  relay.port = (server.address() as { port: number }).port
  return relay
}

/** Speaks SMTP without extensions. */
function converse(socket: Socket, relay: Relay): void {
  let pending = ''
  let recipient = ''
  let isData = false
  const say = (line: string) => {
    if (relay.mood !== 'stalls') socket.write(`${line}\r\n`)
  }
  function take(message: string): void {
    if (relay.mood === 'stalls') return
    if (relay.mood === 'refuses') {
      say('451 4.3.0 try again later')
      return
    }
    const isAnswered = relay.mood === 'takes' && socket.writable
    relay.mails.push({ ...readMail(message, recipient), at: performance.now(), isAnswered })
    if (isAnswered) say('250 2.0.0 taken')
    else socket.destroy()
  }
  function obey(line: string): void {
    const [, address] = /^RCPT TO:<([^>]*)>/i.exec(line) ?? []
    if (address !== undefined) recipient = address
    isData = /^DATA$/i.test(line)
    if (isData) say('354 go on')
    else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n')
    else say('250 relay.test')
  }
  say('220 relay.test')
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1')
    for (;;) {
      const mark = isData ? '\r\n.\r\n' : '\r\n'
      const end = pending.indexOf(mark)
      if (end < 0) return
      const piece = pending.slice(0, end)
      pending = pending.slice(end + mark.length)
      if (isData) {
        isData = false
        take(piece)
      } else obey(piece)
    }
  })
}
