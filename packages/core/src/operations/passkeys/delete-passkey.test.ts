import { createTestCore, refusalOf, signUp, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addPasskey,
  enterWithPasskey,
  getUnfinished,
  type PasskeyPerson,
  signUpWithPasskey,
} from '../../../tests/support/passkey-people.ts'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { enableSecondFactor } from '../mfa/enable-second-factor.ts'
import { deletePasskey } from './delete-passkey.ts'
import { listPasskeys } from './list-passkeys.ts'
import { renamePasskey } from './rename-passkey.ts'

const NOT_FOUND = { code: 'not_found', detail: 'Not found.' }

let test: TestCore
let person: PasskeyPerson
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUpWithPasskey(test.ctx)
  identity = person.identity
})
afterAll(() => test.close())

const remove = (passkeyId: string = person.passkey.id, ctx = test.ctx) =>
  deletePasskey(ctx, { identity, passkeyId })

async function countPasskeys(): Promise<number> {
  return (await listPasskeys(test.ctx, { identity })).passkeys.length
}

/** Turns the second factor on in a session of the passkey, which becomes the caller. */
async function turnOn(): Promise<void> {
  const { access } = await enterWithPasskey(test.ctx, person.device)
  identity = await authenticate(test.ctx, access)
  await enableSecondFactor(test.ctx, { identity })
  identity = await authenticate(test.ctx, access)
}

describe('the passkeys of others', () => {
  it.each(['0197a000-0000-7000-8000-000000000000', 'x', '', '\u0000', "' or true --"])(
    'and %j are not found, to list, rename or remove',
    async (passkeyId) => {
      const stranger = await signUpWithPasskey(test.ctx)
      for (const id of [stranger.passkey.id, stranger.passkey.credentialId, passkeyId]) {
        expect(await refusalOf(renamePasskey(test.ctx, { identity, passkeyId: id, name: 'Mine' }))).toEqual(
          NOT_FOUND,
        )
        expect(await refusalOf(remove(id))).toEqual(NOT_FOUND)
      }
      const { passkeys } = await listPasskeys(test.ctx, { identity: stranger.identity })
      expect(passkeys).toMatchObject([{ id: stranger.passkey.id, name: 'Passkey' }])
      expect(await countPasskeys()).toBe(1)
    },
  )
})

describe('another name', () => {
  it('is listed, and recorded without the name', async () => {
    await renamePasskey(test.ctx, { identity, passkeyId: person.passkey.id, name: 'Blue key' })
    const { passkeys, rpId, userHandle } = await listPasskeys(test.ctx, { identity })
    expect(passkeys).toMatchObject([{ id: person.passkey.id, name: 'Blue key' }])
    expect({ rpId, bytes: Buffer.from(userHandle, 'base64url').length }).toEqual({
      rpId: 'localhost',
      bytes: 16,
    })
    const [event] = await test.database
      .sql`select details from audit_events where user_id = ${person.userId} and kind = 'passkey_renamed'`
    expect(event?.details).toEqual({ passkey: person.passkey.id })
  })
})

describe('the removal of a passkey', () => {
  it('ends the other sessions that it opened, and no further one', async () => {
    const [own, other] = [
      await enterWithPasskey(test.ctx, person.device),
      await enterWithPasskey(test.ctx, person.device),
    ]
    identity = await authenticate(test.ctx, own.access)
    await remove()
    expect(await refusalOf(authenticate(test.ctx, other.access))).toMatchObject({ code: 'token_not_valid' })
    await expect(authenticate(test.ctx, own.access)).resolves.toBeDefined()
    await expect(authenticate(test.ctx, person.tokens.access)).resolves.toBeDefined()
    const events = await test.database
      .sql`select details from audit_events where user_id = ${person.userId} and kind = 'passkey_removed'`
    expect(events.map(({ details }) => details)).toEqual([{ passkey: person.passkey.id }])
  })

  it('moves the epoch, so a challenge of before is void', async () => {
    const [before] = await test.database.sql`select session_epoch from users where id = ${person.userId}`
    await remove()
    const [after] = await test.database.sql`select session_epoch from users where id = ${person.userId}`
    expect(after?.session_epoch).toBe(before?.session_epoch + 1)
  })

  it('of the last factor turns the second step off, and the recovery codes go', async () => {
    await turnOn()
    await remove()
    const [user] = await test.database.sql`select second_factor from users where id = ${person.userId}`
    expect(user?.second_factor).toBe(false)
    const codes = await test.database.sql`select 1 from recovery_codes where user_id = ${person.userId}`
    expect(codes).toHaveLength(0)
  })

  it('of the last factor is refused where one is required, and changes nothing', async () => {
    for (const config of [{ mfaMode: 'required' as const }, { mfaRequiredRoles: [0] }]) {
      const ctx = withConfig(test.ctx, config)
      expect(await refusalOf(remove(person.passkey.id, ctx))).toMatchObject({ code: 'mfa_required' })
    }
    expect(await countPasskeys()).toBe(1)
    await expect(enterWithPasskey(test.ctx, person.device)).resolves.toBeDefined()
  })

  it('of one of two keeps the second step', async () => {
    await turnOn()
    await addPasskey(test.ctx, identity)
    await remove(person.passkey.id, withConfig(test.ctx, { mfaMode: 'required' }))
    expect(await getUnfinished(test.ctx, person)).toMatchObject({ methods: ['passkey', 'recovery_code'] })
  })

  it('of one of two that work on this site alone leaves a passkey of another site out of account', async () => {
    const { passkey } = await addPasskey(test.ctx, identity)
    await test.database.sql`update passkeys set rp_id = 'example.com' where id = ${passkey.id}`
    const ctx = withConfig(test.ctx, { mfaMode: 'required' })
    expect(await refusalOf(remove(person.passkey.id, ctx))).toMatchObject({ code: 'mfa_required' })
    await remove(passkey.id, ctx)
    expect(await countPasskeys()).toBe(1)
  })

  it('is refused without a recent proof, and in a session that was ended', async () => {
    const passkeyId = person.passkey.id
    const old = { ...identity, authAgeSeconds: test.ctx.config.reauthenticationMaxAgeSeconds + 1 }
    expect(await refusalOf(deletePasskey(test.ctx, { identity: old, passkeyId }))).toMatchObject({
      code: 'insufficient_user_authentication',
    })
    await test.database.sql`delete from sessions where id = ${person.sessionId}`
    expect(await refusalOf(remove())).toMatchObject({ code: 'token_not_valid' })
    expect(await countPasskeys()).toBe(1)
  })

  it('racing another removal leaves a factor where one is required, 50 rounds', async () => {
    const ctx = withConfig(test.ctx, { mfaMode: 'required' })
    for (let round = 0; round < 50; round++) {
      const { passkey } = await addPasskey(test.ctx, identity)
      const { passkeys } = await listPasskeys(test.ctx, { identity })
      await Promise.allSettled(passkeys.map(({ id }) => remove(id, ctx)))
      expect(await countPasskeys()).toBe(1)
      expect(passkey.rpId).toBe('localhost')
    }
  })

  it('racing the second step being turned on leaves none on without a factor, 50 rounds', async () => {
    for (let round = 0; round < 50; round++) {
      const { passkey } = round === 0 ? person : await addPasskey(test.ctx, identity)
      const works = [() => remove(passkey.id), () => enableSecondFactor(test.ctx, { identity })]
      if (round % 2 === 1) works.reverse()
      await Promise.allSettled(works.map((work) => work()))
      const [user] = await test.database.sql`select second_factor,
        (select count(*)::int from passkeys where user_id = users.id) as passkeys,
        (select count(*)::int from recovery_codes where user_id = users.id) as codes
        from users where id = ${person.userId}`
      expect(user).toEqual({ second_factor: false, passkeys: 0, codes: 0 })
    }
  })
})

describe('a user without a passkey', () => {
  it('has an empty list', async () => {
    const other = await signUp(test.ctx)
    const caller = await authenticate(test.ctx, other.tokens.access)
    expect((await listPasskeys(test.ctx, { identity: caller })).passkeys).toEqual([])
  })
})
