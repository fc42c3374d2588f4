import {
  createMailingCore,
  type MailingCore,
  newEmail,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { cancelEmailChange } from './cancel-email-change.ts'
import { confirmEmailChange } from './confirm-email-change.ts'
import { findEmailChange } from './find-email-change.ts'
import { requestEmailChange } from './request-email-change.ts'

const NOT_FOUND = { code: 'not_found' }
const RACES = 6

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

const identify = ({ tokens } = person) => authenticate(test.ctx, tokens.access)

async function ask(email: string): Promise<void> {
  await requestEmailChange(test.ctx, { identity: await identify(), newEmail: email, password: PASSWORD })
}

async function askForLink(email = newEmail()): Promise<string> {
  await ask(email)
  return (await test.mailbox.next(email, 'confirm-email-change')).secret
}

const find = async (of = person) => findEmailChange(test.ctx, { identity: await identify(of) })
const cancel = async (of = person) => cancelEmailChange(test.ctx, { identity: await identify(of) })
const confirm = (key: string) => confirmEmailChange(test.ctx, { key })

async function kindsOf(userId: string): Promise<string[]> {
  const rows = await test.database.sql`
    select kind from audit_events where user_id = ${userId} and kind like 'email%' order by id`
  return rows.map(({ kind }) => kind)
}

async function addressOf({ userId }: Person): Promise<string> {
  const [row] = await test.database.sql`select email from users where id = ${userId}`
  return row?.email
}

describe('the pending change of address', () => {
  it('has the new address, the time of the request and the end of the link', async () => {
    expect(await find()).toBeNull()
    const target = newEmail()
    await ask(target)
    const pending = await find()
    expect(pending).toEqual({ newEmail: target, requestedAt: expect.any(Date), expiresAt: expect.any(Date) })
    const seconds = (Number(pending?.expiresAt) - Number(pending?.requestedAt)) / 1000
    expect(seconds).toBe(test.ctx.config.emailConfirmationLifetimeSeconds)
  })

  it('is shown to its own user only', async () => {
    await ask(newEmail())
    expect(await find(await signUp(test.ctx))).toBeNull()
  })

  it('is gone when the link was followed, and when it has expired', async () => {
    await confirm(await askForLink())
    expect(await find()).toBeNull()
    await ask(newEmail())
    const identity = await identify()
    test.clock.seconds += test.ctx.config.emailConfirmationLifetimeSeconds + 1
    expect(await findEmailChange(test.ctx, { identity })).toBeNull()
  })

  it('is shown for a taken address as for a free one, and no link is mailed', async () => {
    const { email } = await signUp(test.ctx)
    await ask(email)
    expect(await find()).toMatchObject({ newEmail: email })
    expect(await test.mailbox.kindsTo(email)).toEqual([])
    const free = newEmail()
    await ask(free)
    const [shown] = await test.database.sql`
      select count(*)::int as count, max(email) as email from capabilities
      where user_id = ${person.userId} and purpose = 'change_email'`
    expect(shown).toEqual({ count: 1, email: free })
  })

  it('does not exist for the present address', async () => {
    await ask(newEmail())
    await ask(person.email)
    expect(await find()).toBeNull()
  })

  it('is replaced by the next request, and its link is not found then', async () => {
    const mistyped = await askForLink()
    const target = newEmail()
    const key = await askForLink(target)
    expect(await find()).toMatchObject({ newEmail: target })
    expect(await refusalOf(confirm(mistyped))).toMatchObject(NOT_FOUND)
    await confirm(key)
    expect(await addressOf(person)).toBe(target)
  })

  it('is one change, also after many requests at once', async () => {
    await Promise.all(Array.from({ length: RACES }, () => ask(newEmail())))
    const links = await test.database.sql`
      select 1 from capabilities where user_id = ${person.userId} and purpose = 'change_email'`
    expect(links).toHaveLength(1)
  })
})

describe('cancelling a change of address', () => {
  it('voids its link, keeps the address, and is recorded', async () => {
    const key = await askForLink()
    await cancel()
    expect(await find()).toBeNull()
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
    expect(await addressOf(person)).toBe(person.email)
    expect(await kindsOf(person.userId)).toEqual(['email_change_requested', 'email_change_cancelled'])
  })

  it('again, or without a change, changes nothing and records nothing', async () => {
    await cancel()
    await askForLink()
    await Promise.all(Array.from({ length: RACES }, () => cancel()))
    expect(await kindsOf(person.userId)).toEqual(['email_change_requested', 'email_change_cancelled'])
  })

  it('leaves the change of another user alone', async () => {
    const key = await askForLink()
    await cancel(await signUp(test.ctx))
    await expect(confirm(key)).resolves.toBeUndefined()
  })

  it('after the link was followed leaves the new address, and the link goes on redirecting', async () => {
    const target = newEmail()
    const key = await askForLink(target)
    await confirm(key)
    await cancel()
    await expect(confirm(key)).resolves.toBeUndefined()
    expect(await addressOf(person)).toBe(target)
  })

  it('while the link is followed: exactly one of the two succeeds', async () => {
    for (let race = 0; race < RACES; race++) {
      person = await signUp(test.ctx)
      const target = newEmail()
      const key = await askForLink(target)
      const identity = await identify()
      const works = [() => confirm(key), () => cancelEmailChange(test.ctx, { identity })]
      const started = (race % 2 ? works : works.toReversed()).map((work) => work())
      const outcomes = await Promise.allSettled(started)
      const isChanged = (await addressOf(person)) === target
      const isConfirmed = outcomes[race % 2 ? 0 : 1]?.status === 'fulfilled'
      expect(isConfirmed).toBe(isChanged)
      const last = isChanged ? 'email_changed' : 'email_change_cancelled'
      expect(await kindsOf(person.userId)).toEqual(['email_change_requested', last])
    }
  })
})
