import {
  createTestCore,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { TokenPair } from '../src/words/claims.ts'

const INVALID = { code: 'token_not_valid', detail: 'Token is invalid or expired' }

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

const generationOf = ({ refresh }: TokenPair) => readClaims(refresh).generation

async function readRow(): Promise<Record<string, unknown>> {
  const [row] = await test.database.sql`select * from sessions where id = ${person.sessionId}`
  return { ...row }
}

/** Refreshes a number of times, each after the grace. Returns the tokens of every generation. */
async function rotate(times: number): Promise<TokenPair[]> {
  const tokens = [person.tokens]
  for (let time = 0; time < times; time++) {
    tokens.push(await refreshSession(test.ctx, tokens.at(-1) as TokenPair))
    test.clock.seconds += 31
  }
  return tokens
}

/** Puts the row back, as a restore to an earlier time does. The clock does not go back. */
async function rewindTo(row: Record<string, unknown>): Promise<void> {
  await test.database.sql`delete from sessions where id = ${person.sessionId}`
  await test.database.sql`insert into sessions ${test.database.sql(row)}`
}

/** Rotates, then puts the row back to its first generation. Returns the tokens of every generation. */
async function loseRotations(times: number): Promise<TokenPair[]> {
  const first = await readRow()
  const tokens = await rotate(times)
  await rewindTo(first)
  return tokens
}

describe('after the database was put back to an earlier time', () => {
  it('the newest token goes on: it gets its generation again, and rotates after the grace', async () => {
    const newest = (await loseRotations(4)).at(-1) as TokenPair
    const again = await refreshSession(test.ctx, newest)
    expect(generationOf(again)).toBe(5)
    await expect(authenticate(test.ctx, again.access)).resolves.toMatchObject({ userId: person.userId })
    test.clock.seconds += 31
    expect(generationOf(await refreshSession(test.ctx, again))).toBe(6)
  })

  it('with strict single use the newest token rotates at once', async () => {
    const strict = withConfig(test.ctx, { refreshGraceSeconds: 0 })
    const newest = (await loseRotations(3)).at(-1) as TokenPair
    const next = await refreshSession(strict, newest)
    expect(generationOf(next)).toBe(5)
    expect(await refusalOf(refreshSession(strict, newest))).toEqual(INVALID)
    expect(await refusalOf(refreshSession(strict, next))).toEqual(INVALID)
  })

  it('tokens of the lost time in parallel all get answers, and the newest decides', async () => {
    const tokens = await loseRotations(4)
    const last = tokens.slice(-2)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => refreshSession(test.ctx, last[i % 2] as TokenPair)),
    )
    for (const answer of answers) expect([4, 5]).toContain(generationOf(answer))
    expect(await readRow()).toMatchObject({ generation: 5 })
  })

  it('the log says so once, however many refreshes come at once', async () => {
    const newest = (await loseRotations(4)).at(-1) as TokenPair
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
    await Promise.all(Array.from({ length: 20 }, () => refreshSession({ ...test.ctx, log }, newest)))
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'rotation_lost', session: person.sessionId, presented: 5, stored: 1 },
    ])
  })

  it('a replaced token of the lost time ends the session after the grace', async () => {
    const tokens = await loseRotations(4)
    const again = await refreshSession(test.ctx, tokens[4] as TokenPair)
    test.clock.seconds += 31
    expect(await refusalOf(refreshSession(test.ctx, tokens[3] as TokenPair))).toEqual(INVALID)
    expect(await refusalOf(refreshSession(test.ctx, again))).toEqual(INVALID)
  })

  it('a thief who comes first with a replaced token shuts the owner out of nothing, and is found', async () => {
    const tokens = await loseRotations(4)
    const stolen = await refreshSession(test.ctx, tokens[2] as TokenPair)
    expect(generationOf(stolen)).toBe(3)
    const owner = await refreshSession(test.ctx, tokens[4] as TokenPair)
    expect(generationOf(owner)).toBe(5)
    expect(await refusalOf(refreshSession(test.ctx, stolen))).toEqual(INVALID)
    expect(await refusalOf(authenticate(test.ctx, stolen.access))).toMatchObject({ code: 'token_not_valid' })
  })

  it('a session past its idle end of then goes on, because its token says that it was used', async () => {
    const newest = (await loseRotations(2)).at(-1) as TokenPair
    await test.database.sql`update sessions set idle_expires_at = now() where id = ${person.sessionId}`
    expect(generationOf(await refreshSession(test.ctx, newest))).toBe(3)
  })

  it('signing out with a token of the lost time ends the session', async () => {
    const tokens = await loseRotations(3)
    await logout(test.ctx, { identity: null, refresh: (tokens[3] as TokenPair).refresh })
    expect(await refusalOf(refreshSession(test.ctx, tokens[3] as TokenPair))).toEqual(INVALID)
    expect(await readRow()).toEqual({})
  })

  it('a session that was opened in the lost time is refused', async () => {
    const tokens = await rotate(1)
    await test.database.sql`delete from sessions where id = ${person.sessionId}`
    expect(await refusalOf(refreshSession(test.ctx, tokens[1] as TokenPair))).toEqual(INVALID)
  })
})

describe('a token newer than its row writes nothing', () => {
  const refuse = async (ctx: Context, tokens: TokenPair, refusal: object) => {
    const before = await readRow()
    expect(await refusalOf(refreshSession(ctx, tokens))).toMatchObject(refusal)
    expect(await readRow()).toEqual(before)
  }

  it('for a deactivated user', async () => {
    const tokens = await loseRotations(2)
    await test.database.sql`update users set is_active = false where id = ${person.userId}`
    await refuse(test.ctx, tokens[2] as TokenPair, INVALID)
  })

  it('after the last end of the session', async () => {
    const tokens = await loseRotations(2)
    await test.database.sql`update sessions set absolute_expires_at = now() where id = ${person.sessionId}`
    await refuse(test.ctx, tokens[2] as TokenPair, { code: 'session_expired' })
  })

  it('for a user who must verify the address first', async () => {
    const tokens = await loseRotations(2)
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    await refuse(mandatory, tokens[2] as TokenPair, { code: 'email_not_verified' })
  })
})
