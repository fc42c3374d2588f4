import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A way over TCP that can fail: every connection of one part of the world to another passes it. */
export interface Wire {
  port: number
  /** Milliseconds that each piece of data waits. */
  delayMilliseconds: number
  /** True: what is asked arrives, and the connection is cut when the answer comes. */
  losesAnswers: boolean
  /** True: nothing passes and nothing is lost, as behind a router that lost its way. Connections stay open. */
  silence(isSilent: boolean): void
  /** True: every connection is cut, and new ones are refused. */
  refuse(isRefused: boolean): Promise<void>
  /** Cuts every connection. */
  cut(): void
  close(): Promise<void>
}

/** Opens a way to a port of this machine. The port is asked for at each connection. */
export async function openWire(target: () => number): Promise<Wire> {
  const sockets = new Set<Socket>()
  let silent = openGate()
  async function pass(): Promise<void> {
    await silent.promise
    if (wire.delayMilliseconds > 0) await sleep(wire.delayMilliseconds)
  }
  const server = createServer(async (inner) => {
    keep(inner, sockets)
    await pass()
    if (inner.destroyed) return
    const outer = connect(target(), '127.0.0.1')
    keep(outer, sockets)
    void pump(inner, outer, pass)
    void pump(outer, inner, async () => {
      await pass()
      if (wire.losesAnswers) throw new LostAnswer()
    })
  })
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  async function refuse(isRefused: boolean): Promise<void> {
    if (isRefused === !server.listening) return
    if (isRefused) {
      server.close()
      cut()
      await once(server, 'close')
    } else await once(server.listen(wire.port, '127.0.0.1'), 'listening')
  }
  const wire: Wire = {
    port: 0,
    delayMilliseconds: 0,
    losesAnswers: false,
    silence: (isSilent) => {
      silent.resolve()
      silent = isSilent ? Promise.withResolvers() : openGate()
    },
    refuse,
    cut,
    close: async () => {
      silent.resolve()
      await refuse(true)
    },
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  wire.port = (server.address() as { port: number }).port
  return wire
}

class LostAnswer extends Error {}

function openGate(): PromiseWithResolvers<void> {
  const gate = Promise.withResolvers<void>()
  gate.resolve()
  return gate
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.on('close', () => sockets.delete(socket))
}

/** Passes data on, in its order. The end of one side ends the other side. */
async function pump(from: Socket, to: Socket, pass: () => Promise<void>): Promise<void> {
  try {
    for await (const chunk of from) {
      await pass()
      if (to.destroyed) return
      if (!to.write(chunk)) await Promise.race([once(to, 'drain'), once(to, 'close')])
    }
    await pass()
    to.end()
  } catch {
    to.destroy()
  }
}
