import type { ResolvedOperation } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AppCookie, createCookies } from '../http/cookies.ts'
import { answer, mayBeEmpty, outputOf, presentRefreshTokens } from './answer.ts'
import type { RequestContext } from './base.ts'

const TOKENS = { access: 'an-access-token', refresh: 'a-refresh-token' }

const { reset, refresh } = createCookies({
  publicUrl: 'https://auth.example.com',
  basePath: '',
  cookiePrefix: '',
  resetCookie: { httpOnly: true, secure: true, sameSite: 'Lax', maxAgeSeconds: 60 },
  refreshCookie: { secure: true, sameSite: 'Lax', path: '/' },
  refreshTokenLifetimeSeconds: 60,
})

function contextOf(options: { cookieMode?: boolean; request?: Record<string, string> } = {}) {
  const { cookieMode = true, request = {} } = options
  return {
    core: {},
    request: new Headers(request),
    reply: new Headers(),
    cookies: { reset, refresh: cookieMode ? refresh : null },
  } as never as RequestContext
}

function operationOf(given: Partial<ResolvedOperation>): ResolvedOperation {
  return { access: 'anonymous', output: z.object({ access: z.string() }), ...given } as ResolvedOperation
}

const nameOf = (cookie: AppCookie | null) => {
  const reply = new Headers()
  cookie?.clear(reply)
  return reply.getSetCookie()[0]?.split('=')[0] ?? ''
}

/** The cookies that an answer sets or removes, by the begin of their lines. */
function change({ reply }: RequestContext): string[] {
  return reply.getSetCookie().map((line) => line.split(';')[0] ?? '')
}

describe('the refresh tokens that a call presents', () => {
  const exchange = operationOf({ cookieDecides: true, refreshCookie: 'exchanges' })
  const optional = { prefer: 'session=optional' }
  const cookie = `${nameOf(refresh)}=a-token`

  it('are in the input where no cookie decides, whatever cookies there are', async () => {
    const ctx = contextOf({ request: { ...optional, cookie } })
    const input = { refresh: 'of the body' }
    expect(await presentRefreshTokens(ctx, operationOf({ cookieDecides: false }), input)).toEqual([input])
  })

  it('are those of the cookie, and replace one of the input', async () => {
    for (const request of [{ cookie }, { ...optional, cookie }]) {
      const ctx = contextOf({ request })
      expect(await presentRefreshTokens(ctx, exchange, { refresh: 'of the body', x: 1 })).toEqual([
        { refresh: 'a-token', x: 1 },
      ])
      expect(ctx.reply.get('Preference-Applied')).toBeNull()
    }
  })

  it('are none for a caller that takes an empty answer, which says so', async () => {
    const ctx = contextOf({ request: optional })
    expect(await presentRefreshTokens(ctx, exchange, {})).toEqual([])
    expect(ctx.reply.get('Preference-Applied')).toBe('session=optional')
  })

  it.each([
    ['a caller that takes no empty answer', exchange, {}],
    [
      'an operation that has no empty answer',
      operationOf({ cookieDecides: true, refreshCookie: 'removes' }),
      optional,
    ],
  ])('are missing, and are refused as a missing field, for %s', async (_case, operation, request) => {
    const ctx = contextOf({ request })
    await expect(presentRefreshTokens(ctx, operation, {})).rejects.toEqual(
      new DomainError('invalid', { fields: { refresh: ['This field is required.'] } }),
    )
    expect(ctx.reply.get('Preference-Applied')).toBeNull()
  })
})

describe('an empty answer', () => {
  it.each([
    [true, 'exchanges', true],
    [false, 'exchanges', false],
    [true, 'removes', false],
  ] as const)(
    'is possible where the cookie decides (%s) and it %s: %s',
    (cookieDecides, refreshCookie, may) => {
      const operation = operationOf({ cookieDecides, refreshCookie })
      expect(mayBeEmpty(operation)).toBe(may)
      expect(outputOf(operation).safeParse({ access: 'x' }).success).toBe(true)
      const parse = (given: unknown) => outputOf(operation).parse(given)
      if (may) expect(parse(undefined)).toBeUndefined()
      else expect(() => parse(undefined)).toThrow()
      expect(() => parse({ access: 7 })).toThrow()
    },
  )
})

describe('the answer of an operation', () => {
  const answerOf = (operation: Partial<ResolvedOperation>, result: unknown, ctx = contextOf()) => ({
    body: answer(ctx, operationOf(operation), result),
    cookies: change(ctx),
  })

  it('without a sentence and tokens is its result, in the names of the wire', () => {
    expect(answerOf({}, { firstName: 'Ada' })).toStrictEqual({ body: { first_name: 'Ada' }, cookies: [] })
    expect(answerOf({}, undefined)).toStrictEqual({ body: undefined, cookies: [] })
  })

  it('with a sentence has the sentence alone', () => {
    expect(answerOf({ sentence: 'Done.' }, { firstName: 'Ada' })).toStrictEqual({
      body: { detail: 'Done.' },
      cookies: [],
    })
  })

  it.each([
    [undefined, {}],
    ['Signed in.', { detail: 'Signed in.' }],
  ])('with the sentence %s has the tokens beside it, one of them in its cookie', (sentence, detail) => {
    const operation = { sentence, givesTokens: true }
    expect(answerOf(operation, TOKENS, contextOf({ cookieMode: false }))).toStrictEqual({
      body: { ...detail, ...TOKENS },
      cookies: [],
    })
    expect(answerOf(operation, TOKENS)).toStrictEqual({
      body: { ...detail, access: TOKENS.access },
      cookies: [`${nameOf(refresh)}=${TOKENS.refresh}`],
    })
  })

  it('sets no cookie for a session with a successor', () => {
    expect(answerOf({ givesTokens: true }, { ...TOKENS, superseded: true })).toStrictEqual({
      body: { access: TOKENS.access },
      cookies: [],
    })
  })

  it('has no tokens for a caller that gets none', () => {
    expect(answerOf({ sentence: 'Sent.', givesTokens: true }, null)).toStrictEqual({
      body: { detail: 'Sent.' },
      cookies: [],
    })
  })

  it.each([
    [undefined, {}],
    ['One more step.', { detail: 'One more step.' }],
  ])('of a sign-in that goes on has the sentence %s, and no cookie', (unfinishedSentence, detail) => {
    const operation = { sentence: 'Signed in.', unfinishedSentence, givesTokens: true }
    expect(answerOf(operation, { mfaRequired: true, expiresIn: 9 })).toStrictEqual({
      body: { ...detail, mfa_required: true, expires_in: 9 },
      cookies: [],
    })
  })

  it('with fields of its own has them beside the tokens', () => {
    const operation = { givesTokens: true, definesAnswer: true }
    expect(answerOf(operation, { recoveryCodes: ['x'], tokens: TOKENS })).toStrictEqual({
      body: { recovery_codes: ['x'], access: TOKENS.access },
      cookies: [`${nameOf(refresh)}=${TOKENS.refresh}`],
    })
    expect(answerOf(operation, { recoveryCodes: ['x'], tokens: null })).toStrictEqual({
      body: { recovery_codes: ['x'] },
      cookies: [],
    })
  })

  it.each<[string, Partial<ResolvedOperation>, string[]]>([
    ['of a used reset link', { access: 'cookie' }, [`${nameOf(reset)}=`]],
    ['of an ended session', { access: 'authenticated', refreshCookie: 'removes' }, [`${nameOf(refresh)}=`]],
    ['of a sign-out, whose guard did it,', { access: 'logout', refreshCookie: 'removes' }, []],
    ['of a session that goes on', { access: 'authenticated', refreshCookie: 'exchanges' }, []],
  ])('%s removes the cookies of what ended: %j', (_case, operation, cookies) => {
    expect(answerOf(operation, undefined).cookies).toStrictEqual(cookies)
  })

  it('of an ended session removes no cookie where none is used', () => {
    const ctx = contextOf({ cookieMode: false })
    expect(
      answerOf({ access: 'authenticated', refreshCookie: 'removes' }, undefined, ctx).cookies,
    ).toStrictEqual([])
  })
})
