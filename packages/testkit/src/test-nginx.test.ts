import { request } from 'node:http'
import { expect, it } from 'vitest'
import { findFreePort } from './free-port.ts'
import { startTestNginx } from './test-nginx.ts'

it('after a reload every new call is answered under the new blocks', async () => {
  const port = await findFreePort()
  const answering = (status: number) =>
    `server { listen 127.0.0.1:${port}; location / { return ${status}; } }`
  const nginx = await startTestNginx([port], answering(201))
  try {
    for (const status of [202, 203, 204]) {
      await nginx.reload(answering(status))
      const statuses = new Set<number | undefined>()
      for (let call = 0; call < 50; call++) statuses.add(await ask(port))
      expect([...statuses]).toEqual([status])
    }
  } finally {
    await nginx.close()
  }
})

/** Asks over a connection of its own. */
function ask(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject)
    sent.end()
  })
}
