import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carry, countRefreshes } from '../support/carrying-client.ts'

/** A service that the client trusts and that redirects, and one that it does not trust. */
const servers: Server[] = []
let trusted: string
let evil: string
let seen: (string | undefined)[] = []

/** Starts a service; `?to=` redirects, and any other request is answered with 401. */
async function start(): Promise<string> {
  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://x').searchParams.get('to')
    if (!target) seen.push(request.headers.authorization)
    response.writeHead(target ? 307 : 401, target ? { Location: target } : {}).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  ;[trusted, evil] = await Promise.all([start(), start()])
})
afterAll(() => {
  for (const server of servers) server.close()
})

test('a redirect to a foreign origin takes the token off, and the 401 of that origin costs no refresh', async () => {
  const setup = await carry((input, init) => fetch(input, init), { trustedOrigins: [trusted] })
  const response = await setup.fetchAsUser(`${trusted}/?to=${encodeURIComponent(evil)}`)
  expect([response.status, seen, countRefreshes(setup)]).toEqual([401, [undefined], 0])
})

test('a redirect within the origin keeps it, and a 401 behind it is renewed', async () => {
  seen = []
  const setup = await carry((input, init) => fetch(input, init), { trustedOrigins: [trusted] })
  await setup.fetchAsUser(`${trusted}/?to=${encodeURIComponent(`${trusted}/there`)}`)
  expect([seen.length, seen[0], countRefreshes(setup)]).toEqual([2, `Bearer ${setup.token}`, 1])
})
