import type { IncomingMessage } from 'node:http'
import { isLoopback } from '@latchkey/core'
import ipaddr from 'ipaddr.js'

/** Answers whether a host name or address is this machine. Browsers take names below `localhost` for it too. */
export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return isLoopback(name) || /^[\w.-]+\.localhost$/i.test(name)
}

/**
 * Answers whether a request was sent on this machine, and to a name of this machine.
 *
 * The name is needed too: a page of a stranger can make its own host name lead to this machine (DNS rebinding), and the
 * browser of a developer is on this machine. A proxy on this machine names its client in a header, whose addresses must
 * then all be of this machine.
 *
 * @param url - the URL of the request, with the host of its `Host` or of its target
 */
export function isFromThisMachine(incoming: IncomingMessage, url: string): boolean {
  const { headers, socket } = incoming
  const hosts = [new URL(url).host, headers.host ?? '', ...listWords(headers['x-forwarded-host'])]
  const addresses = [
    socket.remoteAddress ?? '',
    ...listWords(headers['x-forwarded-for']),
    ...listWords(headers['x-real-ip']),
  ]
  const isForwarded = headers.forwarded !== undefined || headers.via !== undefined
  return (
    !isForwarded && hosts.every((host) => isThisMachine(withoutPort(host))) && addresses.every(isOwnAddress)
  )
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

function isOwnAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback'
}

function listWords(header: string | string[] | undefined): string[] {
  const lines = header === undefined ? [] : [header].flat()
  return lines.flatMap((line) => line.split(',')).map((word) => word.trim())
}
