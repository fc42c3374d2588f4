import { loginEmailField } from '@latchkey/contract'
import {
  createTestCore,
  FAST_HASH,
  logIn,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import type { UserId } from '../../words/ids.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { deactivateUser } from '../staff/deactivate-user.ts'
import { reactivateUser } from '../staff/reactivate-user.ts'
import { setUserRole } from '../staff/set-user-role.ts'
import { deleteOwnUser } from '../user/delete-own-user.ts'
import { login } from './login.ts'

const INCORRECT = { code: 'incorrect_credentials', detail: 'Incorrect credentials' }

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

async function hashesOf(work: () => Promise<unknown>, { hasher } = test.ctx): Promise<number> {
  const before = hasher.count
  await work()
  return hasher.count - before
}

async function countSessions(userId: string): Promise<number> {
  const [row] = await test.database.sql`select count(*)::int from sessions where user_id = ${userId}`
  return row?.count
}

async function readHash(userId: string): Promise<string> {
  const [row] = await test.database.sql`select password_hash from users where id = ${userId}`
  return row?.password_hash
}

/** Makes a context that acts after each password check, before the result of the check is used. */
function afterEachCheck(act: () => Promise<unknown>): Context {
  const { hasher } = test.ctx
  return {
    ...test.ctx,
    hasher: {
      ...hasher,
      count: 0,
      verify: async (stored, password) => {
        const matches = await hasher.verify(stored, password)
        await act()
        return matches
      },
    },
  }
}

describe('the right password', () => {
  it('opens a session of its own, with the IP address and the device of the client', async () => {
    const ctx = test.contextOf({
      ip: '2001:db8::7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    })
    const tokens = await logIn(ctx, person)
    expect(readClaims(tokens.refresh)).toMatchObject({ sub: person.userId, generation: 1, role: 0 })
    expect(readClaims(tokens.access).session).not.toBe(person.sessionId)
    const sessions = await listSessions(ctx, { identity: await authenticate(ctx, tokens.access) })
    expect(sessions).toMatchObject([
      { current: true, ip: '2001:db8::7', browser: 'Firefox', os: 'Linux', device: 'desktop' },
      { current: false, ip: '192.0.2.1' },
    ])
  })

  it('opens one session per sign-in, also for ten sign-ins at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => logIn(test.ctx, person)))
    expect(new Set(answers.map((tokens) => readClaims(tokens.refresh).session)).size).toBe(10)
    expect(await countSessions(person.userId)).toBe(11)
  })
})

describe('a sign-in with wrong credentials', () => {
  it('gets the same answer and costs one hash, for an unknown address and for a wrong password', async () => {
    const attempts = [
      { email: person.email, password: 'wrong horse battery' },
      { email: 'nobody@example.com', password: person.password },
      { email: 'no address at all', password: person.password },
      { email: person.email, password: '' },
      { email: person.email, password: `${person.password} ` },
      { email: person.email, password: person.password.toUpperCase() },
      { email: person.email, password: `${person.password}\0` },
    ]
    for (const attempt of attempts) {
      const work = async () => expect(await refusalOf(login(test.ctx, attempt))).toEqual(INCORRECT)
      expect(await hashesOf(work)).toBe(1)
    }
    expect(await countSessions(person.userId)).toBe(1)
  })

  it('is refused when the address is right but not in normalised form', async () => {
    for (const email of [person.email.toUpperCase(), ` ${person.email}`, `${person.email}\u200b`]) {
      expect(await refusalOf(login(test.ctx, { ...person, email }))).toEqual(INCORRECT)
    }
    const email = loginEmailField().parse(` ${person.email.toUpperCase()} `)
    await expect(login(test.ctx, { ...person, email })).resolves.toBeDefined()
  })
})

describe('a deactivated user', () => {
  it('is answered no_active_account only for the right password', async () => {
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    const wrong = { ...person, password: 'wrong horse battery' }
    expect(
      await hashesOf(async () => expect(await refusalOf(login(test.ctx, wrong))).toEqual(INCORRECT)),
    ).toBe(1)
    expect(await refusalOf(logIn(test.ctx, person))).toEqual({
      code: 'no_active_account',
      detail: 'No active account found with the given credentials',
    })
    expect(await countSessions(person.userId)).toBe(0)
  })
})

describe('new Argon2 parameters', () => {
  it('replace an old hash at the next sign-in with the right password, and at no other', async () => {
    const stronger = await createTestCore({
      database: test.database,
      passwordHash: { ...FAST_HASH, memoryKib: 16, passes: 2 },
    })
    try {
      const before = await readHash(person.userId)
      await refusalOf(login(stronger.ctx, { ...person, password: 'wrong horse battery' }))
      expect(await readHash(person.userId)).toBe(before)
      const signIn = () => login(stronger.ctx, person)
      expect(await hashesOf(signIn, stronger.ctx)).toBe(2)
      expect(await readHash(person.userId)).toMatch(/^\$argon2id\$v=19\$m=16,t=2,p=1\$/)
      expect(await hashesOf(signIn, stronger.ctx)).toBe(1)
      expect(await countSessions(person.userId)).toBe(3)
    } finally {
      await stronger.close()
    }
  })

  it('do not overwrite a password that was changed during the sign-in', async () => {
    const changed = await test.ctx.hasher.hash('another fine battery')
    const ctx = afterEachCheck(async () => {
      await test.database.sql`update users set password_hash = ${changed} where id = ${person.userId}`
    })
    ctx.hasher.isOutdated = () => true
    await login(ctx, person).catch(() => null)
    expect(await readHash(person.userId)).toBe(changed)
  })
})

describe('a user that changes between the password check and the session', () => {
  const changes: Record<string, [(userId: UserId) => Promise<unknown>, unknown]> = {
    'is deactivated': [
      (userId) => deactivateUser(test.ctx, { by: OPERATOR, userId }),
      { code: 'no_active_account' },
    ],
    'is deactivated by hand, without a new epoch': [
      (id) => test.database.sql`update users set is_active = false where id = ${id}`,
      { code: 'no_active_account' },
    ],
    'is deleted': [(id) => test.database.sql`delete from users where id = ${id}`, INCORRECT],
    'gets another password': [
      async (id) => {
        const hash = await test.ctx.hasher.hash('another fine battery')
        await test.database
          .sql`update users set password_hash = ${hash}, session_epoch = session_epoch + 1 where id = ${id}`
      },
      INCORRECT,
    ],
  }

  it.each(Object.entries(changes))('is refused: the user %s', async (_, [change, refusal]) => {
    const ctx = afterEachCheck(() => change(person.userId as UserId))
    expect(await refusalOf(login(ctx, person))).toMatchObject(refusal as object)
    const [row] = await test.database
      .sql`select count(*)::int from sessions where user_id = ${person.userId} and id <> ${person.sessionId}`
    expect(row?.count).toBe(0)
  })

  it('is checked again and signed in with its new role', async () => {
    const userId = person.userId as UserId
    let checks = 0
    const ctx = afterEachCheck(async () => {
      if (++checks === 1) await setUserRole(test.ctx, { by: OPERATOR, userId, role: 1000 })
    })
    expect(readClaims((await logIn(ctx, person)).access).role).toBe(1000)
    expect(checks).toBe(2)
  })

  it('is refused after three checks when it changes during each of them', async () => {
    const userId = person.userId as UserId
    let checks = 0
    const ctx = afterEachCheck(() => setUserRole(test.ctx, { by: OPERATOR, userId, role: ++checks }))
    expect(await refusalOf(login(ctx, person))).toEqual(INCORRECT)
    expect(checks).toBe(3)
  })

  it('is refused when it was deactivated and reactivated in between, and can sign in afterwards', async () => {
    const userId = person.userId as UserId
    const ctx = afterEachCheck(async () => {
      await deactivateUser(test.ctx, { by: OPERATOR, userId })
      await reactivateUser(test.ctx, { by: OPERATOR, userId })
    })
    expect(await refusalOf(login(ctx, person))).toEqual(INCORRECT)
    await expect(login(test.ctx, person)).resolves.toBeDefined()
  })
})

/** Makes a context that holds every password check until `many` sign-ins have reached theirs. */
function whenAllHaveLooked(ctx: Context, many: number): Context {
  const { hasher } = ctx
  const { promise: all, resolve } = Promise.withResolvers<void>()
  let waiting = 0
  const verify: typeof hasher.verify = async (stored, password) => {
    if (++waiting === many) resolve()
    await all
    return hasher.verify(stored, password)
  }
  return { ...ctx, hasher: { ...hasher, verify } }
}

describe('too many sign-ins at once', () => {
  it('are refused as unavailable with Retry-After, and the others succeed', async () => {
    const busy = await createTestCore({
      database: test.database,
      // So slow that no machine finishes a hash before the other sign-ins have arrived.
      passwordHash: { memoryKib: 65_536, passes: 3, lanes: 1 },
      hashLimits: { concurrency: 1, queue: 3 },
    })
    try {
      const ctx = whenAllHaveLooked(busy.ctx, 12)
      const answers = await Promise.allSettled(Array.from({ length: 12 }, () => login(ctx, person)))
      const refusals = answers.filter((answer) => answer.status === 'rejected')
      expect(refusals).toHaveLength(8)
      for (const { reason } of refusals)
        expect(reason).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
    } finally {
      await busy.close()
    }
  })
})

describe('a stored hash that cannot be read', () => {
  it.each([
    ['no hash', 'unknown_hash'],
    ['pbkdf2_sha256$600000$salt$hash', 'unreadable'],
    ['pbkdf2_sha256$99999999$c2FsdA$fhM8vjKcKLWUE8BuOB7NVn1KVRraI0F4dwBdDkvt8KI=', 'too_costly'],
  ])(
    'is a wrong password for the same work, and the log names its row and not the hash: %j',
    async (stored, reason) => {
      await test.database.sql`update users set password_hash = ${stored} where id = ${person.userId}`
      const lines: unknown[][] = []
      const log = { ...test.ctx.log, error: (...line: unknown[]) => lines.push(line) } as typeof test.ctx.log
      const ctx = { ...test.ctx, log }
      expect(await hashesOf(async () => expect(await refusalOf(login(ctx, person))).toEqual(INCORRECT))).toBe(
        1,
      )
      expect(lines).toEqual([
        [
          { event: 'password_hash_unreadable', row: person.userId, reason },
          expect.stringContaining('cannot be read'),
        ],
      ])
      const identity = await authenticate(ctx, person.tokens.access)
      const wrong = await refusalOf(deleteOwnUser(ctx, { identity, password: person.password }))
      expect(wrong.fields).toEqual({ password: ['Your password was entered incorrectly.'] })
    },
  )
})
