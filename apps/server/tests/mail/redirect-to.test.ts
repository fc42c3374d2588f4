import { OPERATOR } from '@latchkey/core'
import { setUserRole } from '@latchkey/core/operations/staff/set-user-role'
import { newEmail, PASSWORD, readClaims, type TestMailbox } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { OPERATIONS } from '../operations.ts'
import { type MailServer, type Pair, shapeOf, startMailServer } from './mail-server.ts'

const SHOP = 'https://shop.example.org'
const ENTRIES = [`${SHOP}/`, 'https://app.example.org/done', 'https://app.example.org/reset#t={token}']
const NAMED = `${SHOP}/landing?from=mail`
const REFUSED = { redirect_to: ['This address is not one of REDIRECT_URLS.'] }
const PERSON = { accept: 'text/html' }

let server: MailServer
beforeAll(async () => {
  server = await startMailServer({ emailVerification: 'optional', redirectUrls: ENTRIES })
})
afterAll(() => server.close())

const LINKED = OPERATIONS.filter(({ meta }) => 'redirect_to' in meta.shape)

type Kind = Parameters<TestMailbox['next']>[1]

interface Cause {
  input: Record<string, unknown>
  token?: string
  to: string
  kind: Kind
}

/** How each operation with a landing is called, by its operationId, so that its mail arrives. */
const CAUSES: Record<string, () => Promise<Cause>> = {
  rest_register: async () => {
    const to = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    return {
      input: { email: to, password1: PASSWORD, password2: PASSWORD, ...names },
      to,
      kind: 'verify-email',
    }
  },
  rest_resend_email: async () => {
    const { email: to } = await server.register()
    await server.mailbox.next(to, 'verify-email')
    return { input: { email: to }, to, kind: 'verify-email' }
  },
  rest_password_reset: async () => {
    const { email: to } = await server.register()
    return { input: { email: to }, to, kind: 'reset-password' }
  },
  email_change: async () => {
    const { tokens } = await server.register()
    const to = newEmail()
    return {
      input: { new_email: to, password: PASSWORD },
      token: tokens.access,
      to,
      kind: 'confirm-email-change',
    }
  },
  staff_users_create: async () => {
    const to = newEmail()
    return { input: { email: to }, token: (await registerStaff()).access, to, kind: 'invitation' }
  },
  staff_users_send_reset: async () => {
    const { email: to, tokens } = await server.register()
    const input = { id: readClaims(tokens.access).sub }
    return { input, token: (await registerStaff()).access, to, kind: 'reset-password' }
  },
}

async function registerStaff(): Promise<Pair> {
  const { email, tokens } = await server.register()
  await setUserRole(server.ctx, { by: OPERATOR, userId: readClaims(tokens.access).sub, role: 1000 })
  return (await server.post('/login/', { email, password: PASSWORD })).body as Pair
}

type Operation = (typeof OPERATIONS)[number]

const DOORS: Record<
  string,
  (operation: Operation, cause: Cause, redirect_to: unknown) => ReturnType<typeof call>
> = {
  REST: (operation, { input, token }, redirect_to) => {
    const path = operation.path.replace('{id}', String(input.id))
    return call(server.url + path, { json: { ...input, redirect_to }, token })
  },
  tRPC: (operation, { input, token }, redirect_to) =>
    callTrpc(
      server.url,
      { path: operation.procedurePath, type: 'mutation' },
      { input: { ...input, redirect_to }, token },
    ),
}

const EVERY = LINKED.flatMap((operation) =>
  Object.entries(DOORS).map(([door, send]) => [operation.operationId, door, operation, send] as const),
)

function fieldsOf(body: unknown): unknown {
  const { error } = body as { error?: { data: { fields: unknown } } }
  return error ? error.data.fields : body
}

it('every operation with a landing is in this list', () => {
  expect(LINKED.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(CAUSES).sort())
})

describe.each(EVERY)('%s over %s', (operationId, _door, operation, send) => {
  const cause = () => (CAUSES[operationId] ?? Promise.reject)() as Promise<Cause>

  it('mails a link that leads on to the address that the call named', async () => {
    const given = await cause()
    expect((await send(operation, given, NAMED)).status).toBeLessThan(300)
    const mail = await server.mailbox.next(given.to, given.kind)
    expect(mail.text).not.toContain('shop.example')
    const opened = await server.get(mail.path, PERSON)
    expect([opened.status, opened.headers.get('location')]).toEqual([302, NAMED])
  })

  it('refuses an address that is not allowed, by the name of the field, and mails nothing', async () => {
    const given = await cause()
    const before = (await server.mailbox.all()).length
    for (const bad of [
      'https://evil.com/',
      `${SHOP}@evil.com/`,
      `${SHOP}/#t={token}`,
      '//shop.example.org/',
    ]) {
      const answer = await send(operation, given, bad)
      expect([answer.status, fieldsOf(answer.body)]).toEqual([400, REFUSED])
    }
    expect(await server.mailbox.all()).toHaveLength(before)
  })
})

describe('the landing of a link', () => {
  async function askReset(redirect_to: string): Promise<string> {
    const { email } = await server.register()
    await server.post('/password/reset/', { email, redirect_to })
    return server.nextPath(email, 'reset-password')
  }

  it('gets the token only when the operator wrote the whole address', async () => {
    const opened = await server.get(await askReset('https://app.example.org/reset#t={token}'), PERSON)
    expect(opened.headers.get('location')).toMatch(
      /^https:\/\/app\.example\.org\/reset#t=[\w-]+\.[\w-]+\.[\w-]+$/,
    )
    expect(opened.headers.get('set-cookie')).toBeNull()
  })

  it.each([
    'https://evil.com/',
    `${SHOP}.evil.com/`,
    `${SHOP}@evil.com/`,
    `${SHOP}/\\evil.com`,
    `${SHOP}/a\r\nSet-Cookie: x=y`,
    'https://app.example.org/done#t={token}',
    'javascript:alert(1)',
    '//evil.com',
    '',
    'x'.repeat(5_000),
  ])('that somebody changed in the link is that of the settings: %j', async (address) => {
    const path = (await askReset(NAMED)).split('?')[0]
    for (const to of [Buffer.from(address).toString('base64url'), address, `${address}&to=${address}`]) {
      const opened = await server.get(`${path}?to=${encodeURIComponent(to)}`, PERSON)
      expect([opened.status, opened.headers.get('location')]).toEqual([302, '/password/reset/default/'])
      expect(opened.headers.getSetCookie()).toHaveLength(1)
    }
  })

  it('is judged again when the link is opened, so that an entry can be taken away', async () => {
    const path = await askReset(NAMED)
    const other = await startMailServer({ redirectUrls: [] })
    try {
      const { email } = await other.register()
      await other.post('/password/reset/', { email })
      const own = await other.nextPath(email, 'reset-password')
      const opened = await other.get(`${own}?${path.split('?')[1]}`, PERSON)
      expect(opened.headers.get('location')).toBe('/password/reset/default/')
    } finally {
      await other.close()
    }
  })
})

describe('with EMAIL_LINK_CONFIRMATION=button', () => {
  let guarded: MailServer
  beforeAll(async () => {
    guarded = await startMailServer({
      emailVerification: 'optional',
      emailLinkButton: true,
      redirectUrls: ENTRIES,
    })
  })
  afterAll(() => guarded.close())

  const mailLink = async (redirect_to: string) =>
    guarded.nextPath((await guarded.register({ redirect_to })).email, 'verify-email')

  it('the button leads on to the named address, which the policy of the page allows', async () => {
    const path = await mailLink(NAMED)
    const page = await guarded.get(path, PERSON)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${SHOP};`)
    const pressed = await call(guarded.url + path, { method: 'POST', headers: PERSON })
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, NAMED])
  })

  it('a landing that takes the key gets it without the button, and does the work by itself', async () => {
    const path = await mailLink('https://app.example.org/reset#t={token}')
    const opened = await guarded.get(path, PERSON)
    const key = path.split('/').at(-2)
    expect([opened.status, opened.headers.get('location')]).toEqual([
      302,
      `https://app.example.org/reset#t=${key}`,
    ])
    expect((await guarded.get(path, { accept: 'application/json' })).status).toBe(200)
    const used = () => guarded.database.sql`select 1 from capabilities where used_at is not null`
    const before = (await used()).length
    const pressed = await call(guarded.url + path, {
      method: 'POST',
      headers: { accept: 'application/json' },
    })
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, 'https://app.example.org/reset'])
    expect(await used()).toHaveLength(before + 1)
  })
})

it.each(
  LINKED.filter(({ meta }) => meta.access === 'anonymous').map((one) => [one.operationId, one] as const),
)('%s with a landing does not tell whether an address has a user', async (operationId, operation) => {
  const guarded = await startMailServer({ emailVerification: 'mandatory', redirectUrls: ENTRIES })
  try {
    const names = { password1: PASSWORD, password2: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
    const fieldsOf = operationId === 'rest_register' ? names : {}
    const { email } = await guarded.register()
    await guarded.get(await guarded.nextPath(email, 'confirm-registration'))
    const ask = async (address: string, redirect_to: string) =>
      shapeOf(await guarded.post(operation.path, { ...fieldsOf, email: address, redirect_to }))
    for (const redirect_to of [NAMED, 'https://evil.com/'])
      expect(await ask(email, redirect_to)).toEqual(await ask(newEmail(), redirect_to))
  } finally {
    await guarded.close()
  }
})
