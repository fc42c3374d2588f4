import { NEW_PASSWORD, newEmail, PASSWORD, readClaims, totpCodeAt, waitUntil } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { cookieOf, type Pair } from '../mail/mail-server.ts'
import { openTwoReleases, type Release, type TwoReleases } from './two-releases.ts'

type Side = 'former' | 'present'

interface Visitor {
  email: string
  tokens: Pair
}

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

let both: TwoReleases
let urls: Record<Side, string>
/** Signed up before the database was migrated. */
let early: Visitor
let earlyReset: string
beforeAll(async () => {
  both = await openTwoReleases()
  urls = { former: (await both.former.start()).url, present: '' }
  early = await signUp('former')
  await post('former', '/password/reset/', { email: early.email })
  earlyReset = (await both.mailbox.next(early.email, 'reset-password')).path
  // The present release migrates while the former one serves.
  urls.present = (await both.present.start()).url
})
afterAll(() => both?.close())

function post(side: Side, path: string, json: unknown, token?: string, headers = {}): Promise<Answer> {
  return call(urls[side] + path, { json, headers, ...(token && { token }) })
}

function get(side: Side, path: string, token?: string): Promise<Answer> {
  return call(urls[side] + path, token ? { token } : {})
}

/** Sends fields to an operation that must succeed, and returns the body. */
async function succeed<T = Pair>(asked: Promise<Answer>): Promise<T> {
  const answer = await asked
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.body as T
}

async function signUp(side: Side): Promise<Visitor> {
  const fields = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...NAMES }
  return { email: fields.email, tokens: await succeed(post(side, '/registration/', fields)) }
}

const logIn = (side: Side, email: string, password = PASSWORD) => post(side, '/login/', { email, password })
const refresh = (side: Side, { refresh }: Pair) => post(side, '/refresh/', { refresh })
/** How often the processes of both releases have told of an event. */
const countTold = (event: string) => (both.former.output() + both.present.output()).split(event).length - 1
const statusOf = async (side: Side, { access }: Pair) => (await get(side, '/user/', access)).status

describe.each([
  { one: 'former', other: 'present' },
  { one: 'present', other: 'former' },
] as const)('beside the other release, of the $one release', ({ one, other }) => {
  const release = (side: Side): Release => both[side]

  /**
   * Tries a wrong password while both count in the database.
   *
   * A store that gives no answer within half a second counts as down, as it should. On a machine that stands still for so
   * long the password of another user is tried, when both use the store again.
   */
  async function guessInStore(): Promise<number[]> {
    for (;;) {
      const outages = countTold('throttle_store_down')
      const statuses = await guess()
      const isBack = () => countTold('throttle_store_back') === countTold('throttle_store_down')
      if (isBack() && countTold('throttle_store_down') === outages) return statuses
      await waitUntil(async () => {
        for (const side of [one, other]) await logIn(side, newEmail(), 'wrong')
        return isBack()
      }, 'both releases to use the store again')
    }
  }

  /** Tries a wrong password of a new user, in turn at both. */
  async function guess(): Promise<number[]> {
    const { email } = await signUp(one)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 12; attempt++)
      statuses.push((await logIn(attempt % 2 ? one : other, email, 'wrong')).status)
    return statuses
  }

  it('a user signs in at the other, and a session goes on there and back', async () => {
    const { email, tokens } = await signUp(one)
    expect((await logIn(other, email)).status).toBe(200)
    let held = tokens
    for (const side of [other, one, other, other, one] as const) {
      held = await succeed(refresh(side, held))
      expect(await statusOf(other, held)).toBe(200)
      expect(await statusOf(one, held)).toBe(200)
    }
    expect(readClaims(held.refresh).generation).toBe(6)
  })

  it('a refresh token that came back at the other ends the session at both', async () => {
    const { tokens } = await signUp(one)
    const next = await succeed(refresh(one, tokens))
    expect((await refresh(other, tokens)).status).toBe(401)
    expect(await statusOf(one, next)).toBe(401)
    expect(await statusOf(other, next)).toBe(401)
  })

  it('a sign-out is known at the other at once', async () => {
    const { tokens } = await signUp(one)
    await succeed(post(one, '/logout/', { refresh: tokens.refresh }, tokens.access))
    expect(await statusOf(other, tokens)).toBe(401)
    expect((await refresh(other, tokens)).status).toBe(401)
  })

  it('a change of the password ends the other sessions, which the other release opened', async () => {
    const { email, tokens } = await signUp(one)
    const elsewhere = await succeed(logIn(other, email))
    await succeed(post(one, '/password/change/', { old_password: PASSWORD, ...NEW }, tokens.access))
    expect((await refresh(other, elsewhere)).status).toBe(401)
    expect((await logIn(other, email)).status).toBe(401)
    expect((await logIn(other, email, NEW_PASSWORD)).status).toBe(200)
  })

  it('a reset link is opened at the other, and its password set at the first', async () => {
    const { email } = await signUp(one)
    await succeed(post(one, '/password/reset/', { email }))
    const { path } = await both.mailbox.next(email, 'reset-password')
    const cookie = cookieOf(await get(other, path))
    expect(cookie).not.toBe('')
    await succeed(post(one, '/password/reset/set-new/', NEW, undefined, { cookie }))
    expect((await logIn(other, email, NEW_PASSWORD)).status).toBe(200)
    expect((await logIn(other, email)).status).toBe(401)
  })

  it('a verification link and a link to a new address are followed at the other', async () => {
    const { email, tokens } = await signUp(one)
    const verified = await get(other, (await both.mailbox.next(email, 'verify-email')).path)
    expect(verified.status).toBeLessThan(400)
    const access = (await succeed(refresh(one, tokens))).access
    expect(readClaims(access).email_verified).toBe(true)
    const wanted = newEmail()
    await succeed(post(one, '/email/change/', { new_email: wanted, password: PASSWORD }, access))
    await get(other, (await both.mailbox.next(wanted, 'confirm-email-change')).path)
    expect((await logIn(one, wanted)).status).toBe(200)
  })

  it('a mail that was queued is sent by the other alone', async () => {
    const { email } = await signUp(one)
    await release(one).stop()
    try {
      await release(one).command(['user', 'send-reset', email])
      const { path } = await both.mailbox.next(email, 'reset-password')
      expect(cookieOf(await get(other, path))).not.toBe('')
    } finally {
      urls[one] = (await release(one).start()).url
    }
  })

  it('a superuser acts at the other on users of the first, which obeys', async () => {
    const chief = newEmail()
    const words = ['user', 'create', '--email', chief, '--superuser', '--password-stdin']
    await release(one).command(words, { input: `${PASSWORD}\n` })
    const { access } = await succeed(logIn(other, chief))
    const { email, tokens } = await signUp(one)
    const { user_id: id } = readClaims(tokens.access) as unknown as { user_id: string }
    const found = await succeed<{ users: { email: string }[] }>(
      get(other, `/staff/users/?search=${email}`, access),
    )
    expect(JSON.stringify(found)).toContain(email)
    await succeed(post(other, `/staff/users/${id}/deactivate/`, {}, access))
    expect(await statusOf(one, tokens)).toBe(401)
    expect((await logIn(one, email)).status).toBe(401)
    await succeed(post(other, `/staff/users/${id}/reactivate/`, {}, access))
    const again = await succeed(logIn(one, email))
    expect((await get(other, '/security-events/', again.access)).text).toContain('deactivated')
  })

  it('the failed sign-ins count at the other', async () => {
    const statuses = await guessInStore()
    expect(new Set(statuses.slice(0, 10))).toEqual(new Set([401]))
    expect(statuses.slice(10)).toEqual([429, 429])
  })

  it('a user is deleted at the other with everything of both', async () => {
    const { email, tokens } = await signUp(one)
    if (one === 'present') await turnOnApp(tokens)
    await both.mailbox.next(email, 'verify-email')
    const { access } = await succeed(refresh(one, tokens))
    await succeed(post(other, '/user/delete/', { password: PASSWORD }, access))
    expect((await logIn(one, email)).status).toBe(401)
    const left = await both.database.sql`
      select 1 from sessions where id = ${readClaims(tokens.access).session} union all
      select 1 from totp_factors where user_id = ${readClaims(tokens.access).sub}`
    expect(left).toEqual([])
  })

  it('the access tokens verify by the keys that the other publishes', async () => {
    const { keys } = (await get(other, '/.well-known/jwks.json')).body as { keys: { kid: string }[] }
    const { tokens } = await signUp(one)
    const [header = ''] = tokens.access.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    expect(keys.map((key) => key.kid)).toContain(kid)
  })
})

/** Sets up an authenticator app, which only the present release knows. */
async function turnOnApp({ access }: Pair): Promise<void> {
  const { secret } = await succeed<{ secret: string }>(post('present', '/mfa/setup/', {}, access))
  await succeed(post('present', '/mfa/activate/', { code: totpCodeAt(secret, Date.now() / 1000) }, access))
}

it('a session with two factors keeps both when the former release refreshes it', async () => {
  const { email, tokens } = await signUp('present')
  await turnOnApp(tokens)
  const raised = await succeed(refresh('present', tokens))
  expect(readClaims(raised.access).acr).toBe('aal2')
  const held = await succeed(refresh('present', await succeed(refresh('former', raised))))
  expect(readClaims(held.access)).toMatchObject({ acr: 'aal2' })
  // The former release asks for the password alone. What it opens counts as one factor.
  const lesser = await succeed(refresh('present', await succeed(logIn('former', email))))
  expect(readClaims(lesser.access)).toMatchObject({ acr: 'aal1' })
})

it('what began before the migration goes on at the present release', async () => {
  early.tokens = await succeed(refresh('present', early.tokens))
  expect(cookieOf(await get('present', earlyReset))).not.toBe('')
})

it('on the way back the former release serves what the present one has written, and says that it is older', async () => {
  const late = await signUp('present')
  await succeed(post('present', '/password/reset/', { email: late.email }))
  const { path } = await both.mailbox.next(late.email, 'reset-password')
  await both.present.stop()
  await both.former.stop()
  const { url, run } = await both.former.start()
  urls.former = url
  expect(run.output()).toContain('A newer release has migrated this database')
  for (const { email, tokens } of [early, late]) {
    await succeed(refresh('former', tokens))
    expect((await logIn('former', email)).status).toBe(200)
  }
  expect(cookieOf(await get('former', path))).not.toBe('')
})
