import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SiteServer, serveSite } from '../src/serve-site.ts'

let parent: string
let server: SiteServer
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'latchkey-serve-'))
  await mkdir(join(parent, 'site/guides'), { recursive: true })
  await writeFile(join(parent, 'secret.html'), 'a secret')
  for (const name of ['index', '404', 'guides/index', 'guides/react'])
    await writeFile(join(parent, 'site', `${name}.html`), name)
  server = await serveSite(join(parent, 'site'), 0)
})
afterAll(async () => {
  await server?.close()
  await rm(parent, { recursive: true, force: true })
})

it.each([
  ['', 200, 'index'],
  ['guides/', 200, 'guides/index'],
  ['guides/react', 200, 'guides/react'],
  ['guides/react.html?from=mail', 200, 'guides/react'],
  ['nowhere', 404, '404'],
  ['%', 404, '404'],
  ['%00', 404, '404'],
  ['/', 200, 'index'],
])('/%s answers %i with the file %s', async (path, status, file) => {
  const answer = await fetch(server.url + path)
  expect([answer.status, await answer.text()]).toEqual([status, file])
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
})

it.each(['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/guides/../../secret.html'])(
  '%s leads out of no folder',
  async (path) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1.1 404 /)
    expect(answer).not.toContain('a secret')
  },
)
