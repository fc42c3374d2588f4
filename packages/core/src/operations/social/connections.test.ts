import {
  createMailingCore,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityOf } from '../../../tests/support/identity-of.ts'
import type { Context } from '../../context.ts'
import { NO_PROVIDERS } from '../../services/providers/providers.ts'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { logoutAll } from '../auth/logout-all.ts'
import { reauthenticate } from '../auth/reauthenticate.ts'
import { requestEmailChange } from '../email/request-email-change.ts'
import { activateTotp } from '../mfa/activate-totp.ts'
import { deactivateSecondFactor } from '../mfa/deactivate-second-factor.ts'
import { setUpTotp } from '../mfa/set-up-totp.ts'
import { deletePasskey } from '../passkeys/delete-passkey.ts'
import { changePassword } from '../password/change-password.ts'
import { requestPasswordReset } from '../password/request-password-reset.ts'
import { setNewPassword } from '../password/set-new-password.ts'
import { deleteOwnUser } from '../user/delete-own-user.ts'
import { connectIdentity } from './connect-identity.ts'
import { connectProviderCode } from './connect-provider-code.ts'
import { connectProviderToken } from './connect-provider-token.ts'
import { connectSocialAccount } from './connect-social-account.ts'
import { disconnectProvider } from './disconnect-provider.ts'
import { listConnections } from './list-connections.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

const PROVIDERS = {
  ...NO_PROVIDERS,
  list: () => ['google', 'github'].map((id) => ({ id, name: `The ${id}`, clientId: 'web' })),
}

let test: MailingCore
let ctx: Context
beforeAll(async () => {
  test = await createMailingCore({ providers: PROVIDERS })
  ctx = test.ctx
})
afterAll(() => test.close())

const CODE = {
  ...{ provider: 'google', code: 'c', callbackUrl: 'https://app.example/callback' },
  codeVerifier: 'v'.repeat(43),
}
const TOKEN = { provider: 'google', idToken: 'x' }

const callerOf = (tokens: { access: string }) => authenticate(ctx, tokens.access)
const connect = async (person: Person, identity = identityOf({ email: null })) =>
  connectIdentity(ctx, await callerOf(person.tokens), identity)

/** A user that only an account at a provider signs in. */
async function arrive() {
  const email = newEmail()
  const tokens = requireTokens(await signInWithIdentity(ctx, identityOf({ email })))
  const identity = await callerOf(tokens)
  const [first] = await listConnections(ctx, { identity })
  if (!first) throw new Error('There is no connection.')
  return { email, tokens, identity, first }
}

async function addPasskey(userId: string): Promise<string> {
  const [row] = await test.database
    .sql`insert into passkeys (id, user_id, credential_id, public_key, sign_count, aaguid, rp_id,
    backup_eligible, backed_up, name, created_at) values (gen_random_uuid(), ${userId}, ${`c-${userId}`}, 'k', 0,
    gen_random_uuid(), 'localhost', false, false, 'key', now()) returning id`
  return row?.id
}

describe('connecting by hand', () => {
  it('looks at no address, opens no session, is recorded and mailed, and is listed', async () => {
    const person = await signUp(ctx)
    const made = await connect(person, identityOf({ email: 'somebody@example.org', isVouched: false }))
    const identity = await callerOf(person.tokens)
    expect(await listConnections(ctx, { identity })).toEqual([made])
    expect(made).toMatchObject({ provider: 'google', userId: person.userId })
    const events = await test.database.sql`select kind, details, session_id from audit_events
      where user_id = ${person.userId} and kind = 'connection_added'`
    expect(events).toMatchObject([
      { details: { connection: made.id, provider: 'google' }, session_id: person.sessionId },
    ])
    const [sessions] = await test.database
      .sql`select count(*)::int from sessions where user_id = ${person.userId}`
    expect(sessions?.count).toBe(1)
    const mail = await test.mailbox.next(person.email, 'connection-changed')
    expect(mail.text).toContain('The google was connected')
  })

  it('of what the caller has already gets the same answer, and writes nothing', async () => {
    const person = await signUp(ctx)
    const identity = identityOf({ email: null })
    expect(await connect(person, identity)).toEqual(await connect(person, identity))
  })

  it('of what another user has is refused, also for two users at once', async () => {
    const [one, two] = [await signUp(ctx), await signUp(ctx)]
    const identity = identityOf({ email: null })
    const all = await Promise.allSettled([connect(one, identity), connect(two, identity)])
    expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = all[0].status === 'rejected' ? one : two
    expect(await refusalOf(connect(loser, identity))).toMatchObject({ code: 'social_account_in_use' })
  })

  it('from a revoked session is refused, however late the session ended', async () => {
    const person = await signUp(ctx)
    const identity = await callerOf(person.tokens)
    await logoutAll(ctx, { identity })
    const refused = connectIdentity(ctx, identity, identityOf({ email: null }))
    expect(await refusalOf(refused)).toMatchObject({ code: 'token_not_valid' })
    const [row] = await test.database
      .sql`select count(*)::int from connections where user_id = ${person.userId}`
    expect(row?.count).toBe(0)
  })

  it('beside a mailed reset that proves the address leaves nothing connected', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await signUp(ctx)
      await requestPasswordReset(ctx, { email: person.email })
      const { secret: token } = await test.mailbox.next(person.email, 'reset-password')
      const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
      const identity = await callerOf(person.tokens)
      await Promise.allSettled([
        connectIdentity(ctx, identity, identityOf({ email: null })),
        setNewPassword(ctx, { proof: { token }, ...passwords, signIn: false }),
      ])
      const [row] = await test.database
        .sql`select count(*)::int from connections where user_id = ${person.userId}`
      expect(row?.count).toBe(0)
    }
  })

  it('needs a recent proof', async () => {
    const person = await signUp(ctx)
    await test.database
      .sql`update sessions set auth_time = now() - interval '1 day' where id = ${person.sessionId}`
    expect(await refusalOf(connect(person))).toMatchObject({ code: 'insufficient_user_authentication' })
  })

  it.each([
    ['a code', (to: Context, identity: Identity) => connectProviderCode(to, { ...CODE, identity })],
    ['a token', (to: Context, identity: Identity) => connectProviderToken(to, { ...TOKEN, identity })],
  ])('by %s needs it before the provider is asked', async (_what, ask) => {
    const asked: string[] = []
    const note = async (id: string) => {
      asked.push(id)
      return identityOf({ email: null })
    }
    const watched = { ...ctx, providers: { ...PROVIDERS, exchangeCode: note, verifyTokens: note } }
    const identity = await callerOf((await signUp(ctx)).tokens)
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    expect(await refusalOf(ask(watched, old))).toMatchObject({ code: 'insufficient_user_authentication' })
    expect(asked).toEqual([])
    expect(await ask(watched, identity)).toMatchObject({ userId: identity.userId })
  })

  it('by a code of ours needs it before the code is looked at', async () => {
    const identity = await callerOf((await signUp(ctx)).tokens)
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    const given = { code: 'A'.repeat(43), codeVerifier: 'v'.repeat(43) }
    const codes = []
    for (const caller of [old, identity])
      codes.push((await refusalOf(connectSocialAccount(ctx, { ...given, identity: caller })))?.code)
    expect(codes).toEqual(['insufficient_user_authentication', 'challenge_invalid'])
  })

  it('is refused for the twenty-first connection, also of many at once', async () => {
    const person = await signUp(ctx)
    const identity = await callerOf(person.tokens)
    const all = await Promise.allSettled(
      Array.from({ length: 22 }, () => connectIdentity(ctx, identity, identityOf({ email: null }))),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(await refusalOf(connect(person))).toMatchObject({ code: 'too_many_connections' })
  })
})

describe('disconnecting', () => {
  it('is recorded and mailed, and the account signs the user in no more', async () => {
    const person = await signUp(ctx)
    const of = identityOf({ email: newEmail() })
    const { id } = await connect(person, of)
    await disconnectProvider(ctx, { identity: await callerOf(person.tokens), connectionId: id })
    const tokens = requireTokens(await signInWithIdentity(ctx, of))
    expect(readClaims(tokens.access).sub).not.toBe(person.userId)
    const kinds = await test.mailbox.kindsTo(person.email)
    expect(kinds.filter((kind) => kind === 'connection-changed').length).toBeGreaterThan(0)
    const [event] = await test.database.sql`select details, session_id from audit_events
      where user_id = ${person.userId} and kind = 'connection_removed'`
    expect(event).toEqual({ details: { connection: id, provider: 'google' }, session_id: person.sessionId })
  })

  it('keeps the account from being connected again by its address, until the user connects it by hand', async () => {
    const person = await signUp(ctx)
    await test.database.sql`update users set email_verified = true where id = ${person.userId}`
    const of = identityOf({ email: person.email })
    requireTokens(await signInWithIdentity(ctx, of))
    const [connection] = await test.database.sql`select id from connections where user_id = ${person.userId}`
    const identity = await callerOf(person.tokens)
    await disconnectProvider(ctx, { identity, connectionId: connection?.id })
    expect(await refusalOf(signInWithIdentity(ctx, of))).toMatchObject({ code: 'email_already_registered' })
    requireTokens(await signInWithIdentity(ctx, { ...of, provider: 'github' }))
    await connect(person, of)
    const tokens = requireTokens(await signInWithIdentity(ctx, of))
    expect(readClaims(tokens.access).sub).toBe(person.userId)
  })

  it.each(['no-id', '01990000-0000-7000-8000-000000000000'])(
    'of an unknown connection is not found: %s',
    async (connectionId) => {
      const { identity } = await arrive()
      expect(await refusalOf(disconnectProvider(ctx, { identity, connectionId }))).toMatchObject({
        code: 'not_found',
      })
    },
  )

  it('needs a recent proof', async () => {
    const { identity, first } = await arrive()
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    const refused = disconnectProvider(ctx, { identity: old, connectionId: first.id })
    expect(await refusalOf(refused)).toMatchObject({ code: 'insufficient_user_authentication' })
  })

  it('from a revoked session is refused, however late the session ended', async () => {
    const person = await signUp(ctx)
    const { id: connectionId } = await connect(person)
    const identity = await callerOf(person.tokens)
    await logoutAll(ctx, { identity })
    const refused = disconnectProvider(ctx, { identity, connectionId })
    expect(await refusalOf(refused)).toMatchObject({ code: 'token_not_valid' })
    expect(await listConnections(ctx, { identity })).toHaveLength(1)
  })

  it("of another user's connection is not found", async () => {
    const [mine, other] = [await arrive(), await arrive()]
    const refused = disconnectProvider(ctx, { identity: mine.identity, connectionId: other.first.id })
    expect(await refusalOf(refused)).toMatchObject({ code: 'not_found' })
    expect(await listConnections(ctx, { identity: other.identity })).toHaveLength(1)
  })

  it('of the last way in is refused: no password, no passkey, no other account of a provider in the settings', async () => {
    const { identity, first } = await arrive()
    const disconnect = (to = ctx) => disconnectProvider(to, { identity, connectionId: first.id })
    expect(await refusalOf(disconnect())).toMatchObject({ code: 'disconnect_not_allowed' })
    await connectIdentity(ctx, identity, identityOf({ email: null, provider: 'gone' }))
    expect(await refusalOf(disconnect())).toMatchObject({ code: 'disconnect_not_allowed' })
    await addPasskey(identity.userId)
    const without = withConfig(ctx, { passkeysEnabled: false })
    expect(await refusalOf(disconnect(without))).toMatchObject({ code: 'disconnect_not_allowed' })
    await disconnect()
  })

  it('of the last two ways in at once leaves one', async () => {
    for (let round = 0; round < 10; round++) {
      const { identity, first } = await arrive()
      const second = await connectIdentity(ctx, identity, identityOf({ email: null, provider: 'github' }))
      const passkeyId = round % 2 ? await addPasskey(identity.userId) : null
      if (passkeyId) await disconnectProvider(ctx, { identity, connectionId: second.id })
      const all = await Promise.allSettled([
        disconnectProvider(ctx, { identity, connectionId: first.id }),
        passkeyId
          ? deletePasskey(ctx, { identity, passkeyId })
          : disconnectProvider(ctx, { identity, connectionId: second.id }),
      ])
      expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    }
  })
})

describe('a user without a password', () => {
  it.each([
    [
      'a change of password',
      (c: Context, identity: never) =>
        changePassword(c, {
          identity,
          oldPassword: '!',
          newPassword1: NEW_PASSWORD,
          newPassword2: NEW_PASSWORD,
        }),
    ],
    [
      'a change of address',
      (c: Context, identity: never) =>
        requestEmailChange(c, { identity, newEmail: newEmail(), password: '!' }),
    ],
    ['a deletion', (c: Context, identity: never) => deleteOwnUser(c, { identity, password: PASSWORD })],
    ['a confirmation', (c: Context, identity: never) => reauthenticate(c, { identity, password: PASSWORD })],
  ])('is told so by %s', async (_, ask) => {
    const { identity } = await arrive()
    expect(await refusalOf(ask(ctx, identity as never))).toMatchObject({ code: 'no_usable_password' })
  })

  it('is told of a removal by mail', async () => {
    const { email, identity } = await arrive()
    const second = await connectIdentity(ctx, identity, identityOf({ email: null, provider: 'github' }))
    expect((await test.mailbox.next(email, 'connection-changed')).text).toContain('The github was connected')
    await disconnectProvider(ctx, { identity, connectionId: second.id })
    const mail = await test.mailbox.next(email, 'connection-changed')
    expect(mail.text).toContain('The github was disconnected')
  })

  it('is told so by a change of password that asks for no old one', async () => {
    const { identity } = await arrive()
    const trusting = withConfig(ctx, { oldPasswordRequired: false })
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    expect(await refusalOf(changePassword(trusting, { identity, ...passwords }))).toMatchObject({
      code: 'no_usable_password',
    })
  })

  it.each([
    [
      'changes its address',
      (identity: Identity) => requestEmailChange(ctx, { identity, newEmail: newEmail() }),
    ],
    ['is deleted', (identity: Identity) => deleteOwnUser(ctx, { identity })],
  ] as const)('%s by a recent proof in place of the password, and by no old one', async (_, act) => {
    const { identity } = await arrive()
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    expect(await refusalOf(act(old))).toMatchObject({
      code: 'insufficient_user_authentication',
    })
    await act(identity)
  })

  it('is asked for a provider only while the settings name it', async () => {
    const { identity } = await arrive()
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    const without = { ...ctx, providers: NO_PROVIDERS }
    const ask = (asked: Context) => deleteOwnUser(asked, { identity: old })
    await expect(ask(ctx)).rejects.toMatchObject({ requiredProof: { methods: ['social'] } })
    await expect(ask(without)).rejects.toMatchObject({ requiredProof: { methods: [] } })
  })

  it('that is deleted meanwhile proves nothing more, and neither does one with a password', async () => {
    const { identity } = await arrive()
    const other = await callerOf((await signUp(ctx)).tokens)
    await test.database
      .sql`delete from users where id in ${test.database.sql([identity.userId, other.userId])}`
    const fields = { password: [expect.any(String)] }
    const refused = [
      requestEmailChange(ctx, { identity, newEmail: newEmail() }),
      requestEmailChange(ctx, { identity: other, newEmail: newEmail(), password: PASSWORD }),
    ]
    for (const refusal of refused) expect(await refusalOf(refusal)).toMatchObject({ code: 'invalid', fields })
    const old = { ...identity, authAgeSeconds: ctx.config.reauthenticationMaxAgeSeconds + 1 }
    const late = disconnectProvider(ctx, { identity: old, connectionId: 'x' })
    await expect(late).rejects.toMatchObject({ requiredProof: { methods: [] } })
    expect(await refusalOf(connectIdentity(ctx, identity, identityOf({ email: null })))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('turns its second factor off by a recent proof', async () => {
    const { identity } = await arrive()
    const { secret } = await setUpTotp(ctx, { by: { identity } })
    await activateTotp(ctx, { by: { identity }, code: totpCode(secret, test.clock) })
    const proven = { ...identity, secondFactor: true, acr: 'aal2' as const }
    expect(
      await refusalOf(deactivateSecondFactor(ctx, { identity: proven, password: PASSWORD })),
    ).toMatchObject({
      code: 'no_usable_password',
    })
    await deactivateSecondFactor(ctx, { identity: proven })
    const [row] = await test.database.sql`select second_factor from users where id = ${identity.userId}`
    expect(row?.second_factor).toBe(false)
  })

  it.each([
    [
      'a change of address',
      (identity: Identity) => requestEmailChange(ctx, { identity, newEmail: newEmail() }),
    ],
    ['a deletion', (identity: Identity) => deleteOwnUser(ctx, { identity })],
  ] as const)('is the only one that may leave it out: %s', async (_, act) => {
    const person = await signUp(ctx)
    const refusal = await refusalOf(act(await callerOf(person.tokens)))
    expect(refusal).toMatchObject({ code: 'invalid', fields: { password: ['This field is required.'] } })
  })

  it('gets one by a mailed reset, and keeps its connection', async () => {
    const { email, identity } = await arrive()
    await requestPasswordReset(ctx, { email })
    const { secret: token } = await test.mailbox.next(email, 'reset-password')
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await setNewPassword(ctx, { proof: { token }, ...passwords, signIn: true })
    const [row] = await test.database
      .sql`select count(*)::int from connections where user_id = ${identity.userId}`
    expect(row?.count).toBe(1)
    expect((await test.mailbox.next(email, 'password-changed')).text).toContain('The google')
  })
})
