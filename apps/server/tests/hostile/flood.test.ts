import { PASSWORD, type Person, signUp } from '@latchkey/testkit'
import { afterEach, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const FLOOD = 150
const QUEUE = 10

let server: TestServer
afterEach(() => server.close())

const login = ({ email }: Person): Promise<Answer> =>
  call(`${server.url}/login/`, { json: { email, password: PASSWORD } })

it('a flood of sign-ins is turned away with 503 while refreshes are served, and is over when it is over', async () => {
  // A hash worth waiting for, and few of them at once.
  const passwordHash = { memoryKib: 19_456, passes: 2, lanes: 1 }
  server = await startTestServer({ core: { passwordHash, hashLimits: { concurrency: 1, queue: QUEUE } } })
  const people: Person[] = []
  for (let i = 0; i < 5; i++) people.push(await signUp(server.ctx))
  const victim = people[0] as Person
  let isOver = false
  const flood = Promise.all(Array.from({ length: FLOOD }, () => login(victim))).finally(() => {
    isOver = true
  })

  const refreshes: number[] = []
  while (!isOver) {
    for (const { tokens } of people) {
      const { status } = await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } })
      refreshes.push(status)
    }
  }
  const answers = await flood
  const refused = answers.filter(({ status }) => status === 503)
  expect(refused.length).toBeGreaterThan(0)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
  for (const answer of refused) {
    expect(answer.body).toEqual({
      detail: 'The server is busy, please try again shortly.',
      code: 'unavailable',
    })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(new Set(refreshes)).toEqual(new Set([200]))
  expect((await login(victim)).status).toBe(200)
})
