import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  storeFactors,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { encodeUserId } from '../../steps/link-secret.ts'
import type { UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { requestEmailChange } from '../email/request-email-change.ts'
import { openResetLink, type ResetProof } from './open-reset-link.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { setNewPassword } from './set-new-password.ts'

let test: MailingCore
let person: Person
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

async function mailLink(owner = person): Promise<string> {
  await requestPasswordReset(test.ctx, { email: owner.email })
  return (await test.mailbox.next(owner.email, 'reset-password')).secret
}

const open = (token: string, owner = person) =>
  openResetLink(test.ctx, { uid: encodeUserId(owner.userId as UserId), token })

/** Opens a link, as a browser does, and returns its reset token as the proof. */
async function openLink(token: string): Promise<{ opened: [string] }> {
  return { opened: [(await open(token)) ?? 'the link was not opened'] }
}

const setNew = async (proof: ResetProof, password = NEW_PASSWORD, again = password) =>
  requireTokens(
    await setNewPassword(test.ctx, { proof, newPassword1: password, newPassword2: again, signIn: true }),
  )

const SPENT = { code: 'token_not_valid' }

describe('a reset link', () => {
  it('sets the password, signs in, and ends every other session and link of the user', async () => {
    const other = await logIn(test.ctx, person)
    const [link, unused] = [await mailLink(), await mailLink()]
    const identity = await authenticate(test.ctx, person.tokens.access)
    const wish = { identity, newEmail: `other-${person.email}`, password: PASSWORD }
    await requestEmailChange(test.ctx, wish)
    const tokens = await setNew(await openLink(link))
    expect(readClaims(tokens.access)).toMatchObject({ sub: person.userId, email_verified: true })
    await expect(authenticate(test.ctx, tokens.access)).resolves.toBeDefined()
    for (const { refresh } of [person.tokens, other]) {
      expect(await refusalOf(refreshSession(test.ctx, { refresh }))).toMatchObject({
        code: 'token_not_valid',
      })
    }
    expect(await refusalOf(logIn(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(logIn(test.ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
    expect(await open(unused)).toBeNull()
    expect(await test.database.sql`select 1 from capabilities where user_id = ${person.userId}`).toEqual([])
    expect(await test.mailbox.kindsTo(person.email)).toContain('password-changed')
  })

  it('that proves the address removes factors of before, and tells the owner', async () => {
    await storeFactors(test, person.userId, { totp: true, passkey: true, codes: true })
    await setNew(await openLink(await mailLink()))
    const { text } = await test.mailbox.next(person.email, 'second-factor-changed')
    expect(text).toContain('because somebody set them up before this address was confirmed')
    const events = await test.database.sql`
      select actor, details from audit_events where user_id = ${person.userId} and kind = 'factors_reset'`
    expect(events).toEqual([{ actor: 'self', details: { reason: 'address_proven' } }])
  })

  it('of a proven address keeps the factors, and mails and records no change of them', async () => {
    await storeFactors(test, person.userId, { totp: true, codes: true })
    await test.database.sql`update users set email_verified = true where id = ${person.userId}`
    const proof = await openLink(await mailLink())
    const changed = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    expect(await setNewPassword(test.ctx, { proof, ...changed, signIn: true })).toMatchObject({
      mfaRequired: true,
    })
    expect(await test.mailbox.kindsTo(person.email)).not.toContain('second-factor-changed')
    const kept = await test.database.sql`select 1 from totp_factors where user_id = ${person.userId}`
    expect(kept).toHaveLength(1)
  })

  it('works with its secret alone, and opens no session without signIn', async () => {
    const input = {
      proof: { token: await mailLink() },
      newPassword1: NEW_PASSWORD,
      newPassword2: NEW_PASSWORD,
    }
    expect(await setNewPassword(test.ctx, { ...input, signIn: false })).toBeNull()
    expect(await test.database.sql`select 1 from sessions where user_id = ${person.userId}`).toEqual([])
    await expect(logIn(test.ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
  })

  it('still works after it was opened and after a refused password', async () => {
    const link = await mailLink()
    for (let i = 0; i < 3; i++) expect(await open(link)).not.toBeNull()
    const proof = await openLink(link)
    for (const [password, again] of [
      ['short', 'short'],
      [NEW_PASSWORD, 'another'],
      ['lovelace12', 'lovelace12'],
    ] as const) {
      const hashes = test.ctx.hasher.count
      expect(await refusalOf(setNew(proof, password, again))).toMatchObject({ code: 'invalid' })
      expect(test.ctx.hasher.count).toBe(hashes)
    }
    await expect(setNew(proof)).resolves.toBeDefined()
  })

  it('works once: afterwards its secret and its reset tokens are refused', async () => {
    const link = await mailLink()
    const [one, other] = [await openLink(link), await openLink(link)]
    await setNew(one)
    for (const proof of [one, other, { token: link }]) {
      expect(await refusalOf(setNew(proof, 'a third battery'))).toMatchObject(SPENT)
    }
    expect(await open(link)).toBeNull()
  })

  it('expires, but when it was opened in time, it works until its reset token expires', async () => {
    const link = await mailLink()
    test.clock.seconds += 3540
    const proof = await openLink(link)
    test.clock.seconds += 60
    expect(await open(link)).toBeNull()
    expect(await refusalOf(setNew({ token: link }))).toMatchObject(SPENT)
    await expect(setNew(proof)).resolves.toBeDefined()
  })

  it('is refused with an expired reset token', async () => {
    const proof = await openLink(await mailLink())
    test.clock.seconds += 3601
    expect(await refusalOf(setNew(proof))).toMatchObject({ code: 'not_authenticated' })
  })

  it('opens only with the uid of its own user', async () => {
    const link = await mailLink()
    expect(await open(link, await signUp(test.ctx))).toBeNull()
    expect(await openResetLink(test.ctx, { uid: '', token: link })).toBeNull()
    expect(await openResetLink(test.ctx, { uid: person.userId, token: link })).toBeNull()
  })

  it.each(['reset token', 'secret'] as const)('used 50 times at once by its %s succeeds once', async (by) => {
    const link = await mailLink()
    const proof = by === 'secret' ? { token: link } : await openLink(link)
    const passwords = Array.from({ length: 50 }, (_, i) => `a fine battery number ${i}`)
    const answers = await Promise.allSettled(passwords.map((password) => setNew(proof, password)))
    const winners = answers.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
    expect(winners).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject(SPENT)
    }
    await expect(
      logIn(test.ctx, { ...person, password: passwords[winners[0] ?? 0] ?? '' }),
    ).resolves.toBeDefined()
    const sessions = await test.database.sql`select 1 from sessions where user_id = ${person.userId}`
    expect(sessions).toHaveLength(2)
  })
})

describe('setting a password without an opened link', () => {
  it.each([
    ['nothing', {}],
    ['an empty reset token', { opened: [''] }],
    ['garbage', { opened: ['garbage'] }],
    [
      'an unsigned reset token',
      { opened: ['eyJhbGciOiJub25lIn0.eyJ0b2tlbl90eXBlIjoicGFzc3dvcmRfcmVzZXQifQ.'] },
    ],
  ])('with %s is refused', async (_name, proof) => {
    expect(await refusalOf(setNew(proof))).toMatchObject({ code: 'not_authenticated' })
  })

  it('with a token of another kind is refused', async () => {
    for (const opened of [person.tokens.access, person.tokens.refresh, await mailLink()]) {
      expect(await refusalOf(setNew({ opened: [opened] }))).toMatchObject({ code: 'not_authenticated' })
    }
    for (const token of ['', 'x'.repeat(43), person.tokens.access]) {
      expect(await refusalOf(setNew({ token }))).toMatchObject(SPENT)
    }
  })

  it('with a reset token in place of the secret of the link is accepted, as from a cookie', async () => {
    const { opened } = await openLink(await mailLink())
    expect(await setNew({ token: opened[0] })).toMatchObject({ access: expect.any(String) })
    expect(await refusalOf(setNew({ token: opened[0] }))).toMatchObject(SPENT)
  })

  it('with a reset token of another server, or with a changed signature, is refused', async () => {
    const { opened } = await openLink(await mailLink())
    const elsewhere = withConfig(test.ctx, { publicUrl: 'https://elsewhere.example' })
    const input = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD, signIn: true }
    expect(await refusalOf(setNewPassword(elsewhere, { proof: { opened }, ...input }))).toMatchObject({
      code: 'not_authenticated',
    })
    const [head, claims, signature = ''] = opened[0].split('.')
    const forged = `${head}.${claims}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`
    expect(await refusalOf(setNew({ opened: [forged] }))).toMatchObject({ code: 'not_authenticated' })
  })
})

it('with optional verification a reset ends the access of a stranger who signed up with the address', async () => {
  const ctx = withConfig(test.ctx, { emailVerification: 'optional' })
  const stranger = await signUp(ctx)
  const more = await logIn(ctx, stranger)
  const identity = await authenticate(ctx, more.access)
  await requestEmailChange(ctx, { identity, newEmail: `mallory-${stranger.email}`, password: PASSWORD })
  const changeLink = await test.mailbox.next(`mallory-${stranger.email}`, 'confirm-email-change')
  const link = await mailLink(stranger)
  await setNew({ token: link })
  expect(await refusalOf(logIn(ctx, stranger))).toMatchObject({ code: 'incorrect_credentials' })
  for (const { access, refresh } of [stranger.tokens, more]) {
    expect(await refusalOf(authenticate(ctx, access))).toMatchObject({ code: 'token_not_valid' })
    expect(await refusalOf(refreshSession(ctx, { refresh }))).toMatchObject({ code: 'token_not_valid' })
  }
  const { confirmEmailChange } = await import('../email/confirm-email-change.ts')
  expect(await refusalOf(confirmEmailChange(ctx, { key: changeLink.secret }))).toMatchObject({
    code: 'not_found',
  })
})
