import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { type MailServer, startMailServer } from '../mail/mail-server.ts'
import { OPERATIONS } from '../operations.ts'
import { perHour, startThrottledServer } from './throttled-server.ts'

let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
})
afterAll(() => server.close())

const newName = () => newEmail().split('@')[0] ?? ''
const stored = (name: string) => `${name}@xn--bcher-kva.example`

/** One mailbox, as different keyboards and programs write it. */
const spell = (name: string) => [
  `${name}@bücher.example`,
  `${name}@bu\u0308cher.example`,
  `${name.toUpperCase()}@BÜCHER.EXAMPLE`,
  `${name}＠ｂüｃｈｅｒ。example`,
  stored(name),
  stored(name).toUpperCase(),
]

/** Addresses that would lose a character on the way to the mail server, and so reach another mailbox. */
const DISGUISED = (name: string) => [
  `${name}@bü\u00ADcher.example`,
  `${name}@bücher\uFE0F.example`,
  `${name}\u200D@bücher.example`,
  `${name}\u3164@bücher.example`,
  `${name}\u0378@bücher.example`,
  `${name}@xn--bcher-kva\u034F.example`,
]

/** The operations that take an address, and the name of its field. */
const TAKING = OPERATIONS.flatMap((endpoint) =>
  Object.keys(endpoint.meta.shape).flatMap((name) =>
    /email/.test(name) && endpoint.method === 'POST' ? [[endpoint.path, name] as const] : [],
  ),
)

describe('one mailbox in many spellings', () => {
  it.each(spell('ada').map((_, index) => index))('is one user, signed up in spelling %i', async (index) => {
    const name = newName()
    const { tokens } = await server.register({ email: spell(name)[index] })
    const own = await call(`${server.url}/user/`, { token: tokens.access })
    expect(own.body).toMatchObject({ email: stored(name) })
    for (const email of spell(name)) {
      const { answer } = await server.register({ email })
      expect(answer).toMatchObject({
        status: 400,
        body: { email: ['A user is already registered with this e-mail address.'] },
      })
      expect((await server.post('/login/', { email, password: PASSWORD })).status).toBe(200)
    }
  })

  it('gets its mail by its A-labels', async () => {
    const name = newName()
    await server.register({ email: `${name}@bücher.example` })
    for (const email of spell(name)) await server.post('/password/reset/', { email })
    expect(await server.mailbox.kindsTo(stored(name))).toEqual(spell(name).map(() => 'reset-password'))
  })

  it('is counted once, by every operation that counts an address', async () => {
    const counting = await startThrottledServer({
      login: perHour(2),
      loginEmail: perHour(2),
      mail: perHour(2),
    })
    try {
      for (const path of ['/login/', '/password/reset/', '/registration/resend-email/']) {
        const answers: Answer[] = []
        for (const email of spell(newName())) {
          answers.push(await call(counting.url + path, { json: { email, password: PASSWORD } }))
        }
        expect(answers.map(({ status }) => status === 429)).toEqual([false, false, true, true, true, true])
      }
    } finally {
      await counting.close()
    }
  })

  it('is found by staff in every spelling', async () => {
    const name = newName()
    const { tokens } = await server.register({ email: stored(name) })
    await server.database.sql`update users set role = 1000 where email = ${stored(name)}`
    for (const search of [...spell(name), name]) {
      const query = new URLSearchParams({ search })
      const found = await call(`${server.url}/staff/users/?${query}`, { token: tokens.access })
      expect(found.body).toMatchObject({ users: [{ email: stored(name) }] })
    }
  })
})

describe('an address with a character that vanishes on the way', () => {
  it.each(TAKING)('is no address for %s (%s)', async (path, field) => {
    const name = newName()
    const { tokens } = await server.register({ email: stored(name) })
    await server.database.sql`update users set role = 900 where email = ${stored(name)}`
    for (const address of DISGUISED(name)) {
      const passwords = { password: PASSWORD, password1: PASSWORD, password2: PASSWORD }
      const json = { ...passwords, first_name: 'A', last_name: 'B', [field]: address }
      const answer = await server.post(path, json, { token: tokens.access })
      if (path === '/login/') expect(answer.status).toBe(401)
      else expect(answer).toMatchObject({ status: 400, body: { [field]: ['Enter a valid email address.'] } })
    }
    const rows = await server.database.sql`select email from users where email like ${`${name}%`}`
    expect(rows).toEqual([{ email: stored(name) }])
  })
})
