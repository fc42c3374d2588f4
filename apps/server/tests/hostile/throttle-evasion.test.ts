import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from '../call.ts'
import type { TestServer } from '../test-server.ts'
import { countPassed, from, perHour, startThrottledServer } from './throttled-server.ts'

let server: TestServer
afterEach(() => server.close())

const LOGIN = { path: 'auth.login', type: 'mutation' }
const WRONG = { email: 'ada@example.com', password: 'wrong' }

/** Makes calls one after the other, so that the first ones pass. */
async function each<T>(values: T[], send: (value: T) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const value of values) answers.push(await send(value))
  return answers
}

describe('a client over its limit does not get another counter', () => {
  const login = (headers: Record<string, string>) => call(`${server.url}/login/`, { json: WRONG, headers })

  it('with headers that name another address', async () => {
    server = await startThrottledServer({ anon: perHour(2) }, { app: { trustedProxies: { hops: 0 } } })
    const names = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'true-client-ip', 'cf-connecting-ip']
    const answers = await each([...names, 'x-client-ip', 'x-cluster-client-ip', 'via'], (name) =>
      login({ [name]: name === 'forwarded' ? 'for=198.51.100.9' : '198.51.100.9' }),
    )
    expect(countPassed(answers)).toBe(2)
  })

  it('with addresses to the left of the one that the proxy writes', async () => {
    server = await startThrottledServer({ anon: perHour(2) })
    const answers = await each(['1.1.1.1', '2.2.2.2, 3.3.3.3', '', 'unknown', '4.4.4.4,,'], (forged) =>
      login({ 'x-forwarded-for': `${forged}, 198.51.100.1` }),
    )
    expect(countPassed(answers)).toBe(2)
  })

  it('with another address of its /64', async () => {
    server = await startThrottledServer({ anon: perHour(2) })
    const rotated = Array.from({ length: 10 }, (_, i) => `2001:db8:0:1:${i.toString(16)}::${i}`)
    expect(countPassed(await each(rotated, (address) => login(from(address).headers)))).toBe(2)
    expect((await login(from('2001:db8:0:2::1').headers)).status).toBe(401)
  })

  it('with other spellings of its address', async () => {
    server = await startThrottledServer({ anon: perHour(2) })
    const spellings = [
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '::FFFF:C000:201',
      '192.0.2.1:4711',
      '[::ffff:c000:0201]:1',
    ]
    expect(countPassed(await each(spellings, (address) => login(from(address).headers)))).toBe(2)
  })
})

describe('a path over its limit does not get another counter', () => {
  it('with other case, slashes, encodings or the prefix', async () => {
    server = await startThrottledServer({ anon: perHour(3) }, { app: { restPrefix: '/jwt-allauth' } })
    const same = ['/login/', '/login', '/jwt-allauth/login/', '/login?x=1', '/login/?', '/jwt-allauth/login']
    const answers = await each(same, (path) => call(server.url + path, { json: WRONG }))
    expect(countPassed(answers)).toBe(3)
    const others = ['/LOGIN/', '//login/', '/%6cogin/', '/login//', '/./login;/', '/login%00']
    const lost = await each(others, (path) => call(server.url + path, { json: WRONG }))
    expect(lost.map(({ status }) => status)).toEqual(others.map(() => 404))
  })

  it('with calls through both doors in turn', async () => {
    server = await startThrottledServer({ anon: perHour(3) })
    const answers = await each([1, 2, 3, 4, 5, 6], (turn) =>
      turn % 2
        ? call(`${server.url}/login/`, { json: WRONG })
        : callTrpc(server.url, LOGIN, { input: WRONG }),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429, 429])
  })

  it('with a batch: every call of a batch counts', async () => {
    server = await startThrottledServer({ anon: perHour(4) })
    const answer = await callBatch(10)
    const statuses = (answer.body as { error: { data: { httpStatus: number } } }[]).map(
      ({ error }) => error.data.httpStatus,
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(4)
    expect(statuses.filter((status) => status === 429)).toHaveLength(6)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3000)
  })

  it('with a batch of more calls than the limit', async () => {
    server = await startThrottledServer({ anon: perHour(100) })
    expect((await callBatch(11)).status).toBe(400)
  })

  function callBatch(calls: number): Promise<Answer> {
    const path = Array.from({ length: calls }, () => 'auth.login').join(',')
    const input = Object.fromEntries(Array.from({ length: calls }, (_, i) => [i, WRONG]))
    return call(`${server.url}/trpc/${path}?batch=1`, { json: input })
  }
})

describe('an email address over its limit does not get another counter', () => {
  const SPELLINGS = [
    'ada@example.com',
    'ADA@Example.COM',
    ' ada@example.com\t',
    'ａｄａ@example.com',
    'ada@ｅxample.com',
  ]

  it('for guesses of its password, with other case, blanks or look-alike letters', async () => {
    server = await startThrottledServer({ login: perHour(2) })
    const answers = await each(SPELLINGS, (email) =>
      call(`${server.url}/login/`, { json: { ...WRONG, email } }),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 429, 429, 429])
  })

  it('for mail, with other case, blanks or look-alike letters', async () => {
    server = await startThrottledServer({ mail: perHour(2) })
    const answers = await each(SPELLINGS, (email) =>
      call(`${server.url}/password/reset/`, { json: { email } }),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429, 429])
  })

  it('for guesses of its password from many networks', async () => {
    server = await startThrottledServer({ loginEmail: perHour(3) })
    const places = Array.from({ length: 8 }, (_, i) => `198.51.100.${i}`)
    const answers = await each(places, (place) =>
      call(`${server.url}/login/`, { json: WRONG, ...from(place) }),
    )
    expect(countPassed(answers)).toBe(3)
  })
})
