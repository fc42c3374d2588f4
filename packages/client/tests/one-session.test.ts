import { describe, expect, test } from 'vitest'
import { ADA, BOB } from './support/clients.ts'
import { refuse } from './support/model-server.ts'
import { MODES, setUpClientInMode } from './support/modes.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

/** Names the sessions that are alive at the server, of the first ten. */
function aliveOf(server: { isAlive(session: string): boolean }): string[] {
  return Array.from({ length: 10 }, (_, index) => `session-${index + 1}`).filter(server.isAlive)
}

describe.each(MODES)('a double click on the sign-in, in %s mode', (mode) => {
  test.each([
    ['at once', {}, {}],
    ['with a slow first answer', { answerMilliseconds: 900 }, {}],
    ['with a slow second answer', {}, { answerMilliseconds: 900 }],
    ['with a slow first request', { requestMilliseconds: 900 }, {}],
  ])('leaves one session at the server: %s', async (_name, first, second) => {
    const { client, server, deliveries } = setUpClientInMode(mode)
    deliveries.set('/login/', [first, second])
    const answers = await settle(Promise.all([client.login(ADA), client.login(ADA)]))
    for (const answer of answers) expect(answer).toMatchObject({ status: 'signed_in', userId: ADA.email })
    const { state } = client.session
    expect(aliveOf(server)).toEqual([state.status === 'signed_in' && state.sessionId])
    await passSeconds(1810)
    expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
  })

  test('leaves the session of the first click, if the second one is refused', async () => {
    const { client, server } = setUpClientInMode(mode)
    let logins = 0
    server.override = (path) =>
      path === '/login/' && ++logins === 2 ? refuse(401, 'incorrect_credentials', 'no') : undefined
    const [, second] = await settle(Promise.allSettled([client.login(ADA), client.login(ADA)]))
    expect(second).toMatchObject({ status: 'rejected' })
    expect(aliveOf(server)).toEqual(['session-1'])
    expect(await settle(client.user.get())).toMatchObject({ first_name: 'session-1' })
  })
})

describe.each(MODES)('a sign-in over a live session, in %s mode', (mode) => {
  test.each([
    ['of the same user', ADA, 0],
    ['of another user', BOB, 0],
    ['of the same user, whose access token has expired', ADA, 1810],
    ['of another user, whose access token has expired', BOB, 1810],
  ])('%s ends the former session', async (_name, person, seconds) => {
    const { client, server } = setUpClientInMode(mode)
    await settle(client.login(ADA))
    await passSeconds(seconds)
    expect(await settle(client.login(person))).toMatchObject({ userId: person.email })
    expect(aliveOf(server)).toEqual(['session-2'])
  })

  test('in a tab that was just opened ends the former session', async () => {
    const { client, server, openTab } = setUpClientInMode(mode)
    await settle(client.login(ADA))
    expect(await settle(openTab().login(BOB))).toMatchObject({ userId: BOB.email })
    expect(aliveOf(server)).toEqual(['session-2'])
    await passSeconds(1)
    expect(client.session.state).toMatchObject({ userId: BOB.email })
  })

  test('that is refused leaves the session before alone', async () => {
    const { client, server } = setUpClientInMode(mode)
    await settle(client.login(ADA))
    server.override = (path) => (path === '/login/' ? refuse(401, 'incorrect_credentials', 'no') : undefined)
    await expect(settle(client.login(BOB))).rejects.toMatchObject({ code: 'incorrect_credentials' })
    expect(aliveOf(server)).toEqual(['session-1'])
    expect(client.session.state).toMatchObject({ userId: ADA.email })
  })

  test.each(['answers 503', 'is lost', 'never comes'])(
    'succeeds, also if the end of the former session %s',
    async (fault) => {
      const { client, server, deliveries } = setUpClientInMode(mode)
      await settle(client.login(ADA))
      const paths = ['/logout/', '/sessions/session-1/']
      if (fault === 'answers 503')
        server.override = (path) => (paths.includes(path) ? refuse(503, 'unavailable', 'busy') : undefined)
      const lost = fault === 'is lost' ? ('request' as const) : ('answer silently' as const)
      if (fault !== 'answers 503') for (const path of paths) deliveries.set(path, [{ lost }])
      const started = Date.now()
      expect(await settle(client.login(BOB))).toMatchObject({ userId: BOB.email })
      expect(Date.now() - started).toBeLessThanOrEqual(3_500)
      expect(await settle(client.user.get())).toMatchObject({ email: BOB.email })
    },
  )
})

test('tokens from elsewhere end the session before, but not their own', async () => {
  const { client, server, openTab } = setUpClientInMode('token')
  await settle(client.login(ADA))
  const answer = await server.fetch('https://auth.example.com/login/', {
    method: 'POST',
    body: JSON.stringify(BOB),
  })
  const tokens = await answer.json()
  expect(await settle(client.session.adopt(tokens))).toMatchObject({ userId: BOB.email })
  expect(aliveOf(server)).toEqual(['session-2'])
  await settle(openTab().session.adopt(tokens))
  expect(aliveOf(server)).toEqual(['session-2'])
})

test('a sign-out directly after a double click leaves no session', async () => {
  for (const mode of MODES) {
    const { client, server, deliveries } = setUpClientInMode(mode)
    deliveries.set('/login/', [{ answerMilliseconds: 900 }, { answerMilliseconds: 900 }])
    const clicks = Promise.allSettled([client.login(ADA), client.login(ADA)])
    await passSeconds(0.1)
    await settle(client.logout().catch(() => {}))
    await settle(clicks)
    await passSeconds(1)
    expect(client.session.state.status).toBe('signed_out')
    expect(aliveOf(server)).toEqual([])
  }
})
