import { findFreePort, startTestNginx, type TestNginx } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sendTarget } from '../send-raw.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let nginx: TestNginx
let front: string
beforeAll(async () => {
  server = await startTestServer()
  const port = await findFreePort()
  front = `http://127.0.0.1:${port}`
  nginx = await startTestNginx(
    [port],
    `server {
      listen 127.0.0.1:${port};
      location /staff/ { return 403; }
      location /trpc/staff. { return 403; }
      location / {
        proxy_pass ${server.url};
        proxy_set_header Host $http_host;
      }
    }`,
  )
})
afterAll(async () => {
  await nginx.close()
  await server.close()
})

it('no spelling of a path passes the rule of an nginx in front', async () => {
  const before = server.logLines.length
  const passed = []
  const targets = ['/staff/users/', '/trpc/staff.users.list'].flatMap((path) => [
    path,
    `/${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/x/..%2f${path.slice(1)}`,
    `/x/%2e%2e%2f${path.slice(1)}`,
    `/%73${path.slice(2)}`,
    path.replace('/staff', '/%73taff').replace('staff.', '%73taff.'),
    `/x\\..${path}`,
    `/x/..;${path}`,
    `${path.slice(0, 6)}%00${path.slice(6)}`,
    `http://localhost/x/..${path}`,
  ])
  for (const target of targets) {
    const { status, text } = await sendTarget(front, target)
    const isStopped = status === 403 || status === 400 || status === 404
    if (!isStopped || text.includes('not_authenticated')) passed.push([target, status])
  }
  expect(passed).toEqual([])
  // The path in a line of the log is that of the operation, when an operation was reached.
  const reached = server.logLines.slice(before).filter((line) => line.includes('"path":"/staff'))
  expect(reached).toEqual([])
  expect((await sendTarget(front, '/healthz')).status).toBe(200)
})
