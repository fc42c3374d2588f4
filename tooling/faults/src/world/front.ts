import { readPage } from '@latchkey/testkit'

const HOST_CONF = /```nginx file=host\.conf\n(.*?)```/s
const CERTIFICATES = /^ *ssl_certificate.*\n/gm
const SERVERS = /(?: *server 127\.0\.0\.1:\d+ [^\n]*\n)+/

/**
 * Composes the configuration of nginx as the deployment page has it, for the servers and the port of a run.
 *
 * It speaks http: the run is about servers that come and go, and the page's certificates are those of its reader.
 */
export function composeFront(front: number, ports: number[]): string {
  const [, page = ''] = HOST_CONF.exec(readPage('docs/guides/deployment.md')) ?? []
  const servers = ports.map((port) => `  server 127.0.0.1:${port} max_fails=0;\n`)
  return page
    .replace(SERVERS, servers.join(''))
    .replace(CERTIFICATES, '')
    .replace('listen 443 ssl;', `listen 127.0.0.1:${front};`)
}
