import { createHasher } from '@latchkey/core'
import { createHashGate, FAST_HASH, PASSWORD, type Person, signUp, waitUntil } from '@latchkey/testkit'
import { afterEach, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const FLOOD = 150
const QUEUE = 10

let server: TestServer
afterEach(() => server.close())

const login = ({ email }: Person): Promise<Answer> =>
  call(`${server.url}/login/`, { json: { email, password: PASSWORD } })

const refresh = ({ tokens }: Person): Promise<Answer> =>
  call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh } })

async function signUpPeople(): Promise<[Person, ...Person[]]> {
  const victim = await signUp(server.ctx)
  return [victim, ...(await Promise.all([1, 2, 3, 4].map(() => signUp(server.ctx))))]
}

const statusesOf = (answers: Answer[]) => new Set(answers.map(({ status }) => status))

function expectRefused(answers: Answer[]): void {
  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 503,
      body: { detail: 'The server is busy, please try again shortly.', code: 'unavailable' },
    })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
}

it('a flood of sign-ins fills the queue, further ones get 503, and refreshes are served meanwhile', async () => {
  const concurrency = 2
  const gate = createHashGate()
  const hasher = await createHasher(FAST_HASH, { concurrency, queue: QUEUE }, gate.argon2)
  const context = (core: TestServer['core']): TestServer['core']['context'] => {
    return (client, log) => ({ ...core.context(client, log), hasher })
  }
  server = await startTestServer({ replace: (core) => ({ context: context(core) }) })
  const people = await signUpPeople()
  gate.shut()
  const answers: Answer[] = []
  const flood = Array.from({ length: FLOOD }, async () => void answers.push(await login(people[0])))
  expect(statusesOf(await Promise.all(people.map(refresh)))).toEqual(new Set([200]))
  const refused = FLOOD - concurrency - QUEUE
  await waitUntil(() => answers.length >= refused, 'all to be refused but those that wait')

  // The gate is still shut, so these refreshes are answered during the flood.
  expect(statusesOf(await Promise.all(people.map(refresh)))).toEqual(new Set([200]))
  expect(answers).toHaveLength(refused)
  expectRefused(answers)
  expect(gate.running).toBe(concurrency)

  gate.open()
  await Promise.all(flood)
  expect(answers.slice(refused)).toHaveLength(concurrency + QUEUE)
  expect(statusesOf(answers.slice(refused))).toEqual(new Set([200]))
  expect(gate.most).toBe(concurrency)
  expect((await login(people[0])).status).toBe(200)
})

it('with production hashes a flood of sign-ins is refused with 503 while refreshes are served', async () => {
  const passwordHash = { memoryKib: 19_456, passes: 2, lanes: 1 }
  server = await startTestServer({ core: { passwordHash, hashLimits: { concurrency: 1, queue: QUEUE } } })
  const people = await signUpPeople()
  let isOver = false
  const flood = Promise.all(Array.from({ length: FLOOD }, () => login(people[0]))).finally(() => {
    isOver = true
  })

  const refreshes: Answer[] = []
  while (!isOver) for (const person of people) refreshes.push(await refresh(person))
  const answers = await flood
  const served = answers.filter(({ status }) => status === 200)
  // On a machine of any speed at least this number found a place.
  expect(served.length).toBeGreaterThan(QUEUE)
  expect(served.length).toBeLessThan(FLOOD)
  expectRefused(answers.filter(({ status }) => status !== 200))
  expect(statusesOf(refreshes)).toEqual(new Set([200]))
  expect((await login(people[0])).status).toBe(200)
})
