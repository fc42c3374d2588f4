import { LANGUAGES } from '@latchkey/languages'
import { newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const UNKNOWN = ['This language is not supported.']
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const UPDATE = { path: 'user.update', type: 'mutation' }
const GET = { path: 'user.get', type: 'query' }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

function formWith(fields: { language?: unknown }) {
  return { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...NAMES, ...fields }
}

/** Signs up over both doors, and returns the language that each user has. */
async function signUpWith(fields: { language?: unknown }, headers: Record<string, string>) {
  const rest = await call(`${server.url}/registration/`, { json: formWith(fields), headers })
  const register = { path: 'registration.register', type: 'mutation' }
  const trpc = await callTrpc(server.url, register, { input: formWith(fields), headers })
  expect([rest.status, trpc.status]).toEqual([201, 200])
  const tokens = [rest.body, (trpc.body as { result: { data: unknown } }).result.data]
  return Promise.all((tokens as { access: string }[]).map(({ access }) => languageOf(access)))
}

async function languageOf(token: string): Promise<unknown> {
  const { body } = await call(`${server.url}/user/`, { token })
  return (body as { language: unknown }).language
}

describe('a sign-up', () => {
  it.each([
    ['the named language', { language: 'uk' }, 'de, en;q=0.5', 'uk'],
    ['the nearest language of the server', { language: 'de-AT' }, '', 'de'],
    ['the language of a tag as Android writes it', { language: ' pt_BR ' }, '', 'pt-BR'],
    ['the best language of the browser', {}, 'ca, ar;q=0.9, en;q=0.8', 'ar'],
    ['the best language of the browser for an unknown one', { language: 'ca' }, 'es, en;q=0.8', 'es'],
    ['the first known language of a list', { language: 'ca, de' }, 'nl', 'de'],
    ['no language when the default one is asked for', { language: null }, 'de', null],
    ['no language when neither is known', { language: 'ca' }, 'xx, *', null],
    ['no language when none is named', {}, '', null],
  ])('has %s', async (_, fields, acceptLanguage, language) => {
    expect(await signUpWith(fields, { 'accept-language': acceptLanguage })).toEqual([language, language])
  })

  it('with mandatory verification gives its language to the user', async () => {
    const mandatory = await startTestServer({ settings: { emailVerification: 'mandatory' }, mail: true })
    const form = formWith({ language: 'zh-CN' })
    await call(`${mandatory.url}/registration/`, { json: form })
    const { secret } = await mandatory.mailbox.next(form.email, 'confirm-registration')
    await call(`${mandatory.url}/registration/verification/${secret}/`)
    const json = { email: form.email, password: PASSWORD }
    const { body } = await call(`${mandatory.url}/login/`, { json })
    const { access: token } = body as { access: string }
    const user = await call(`${mandatory.url}/user/`, { token })
    expect(user.body).toMatchObject({ language: 'zh-Hans' })
    await mandatory.close()
  })

  it.each([
    ['a number', 7, ['Not a valid string.']],
    ['a text that is too long', 'd'.repeat(36), ['Ensure this field has no more than 35 characters.']],
    ['an empty text', '', ['This field may not be blank.']],
  ])('refuses %s', async (_, language, sentences) => {
    const json = formWith({ language })
    const answer = await call(`${server.url}/registration/`, { json })
    expect(answer).toMatchObject({ status: 400, body: { language: sentences } })
  })

  it('reads a hostile Accept-Language without a fault', async () => {
    for (const header of ['q=,;;,', `${'a-'.repeat(4000)}`, 'de;q=nan', `${'xx,'.repeat(2000)}de`]) {
      expect(await signUpWith({}, { 'accept-language': header })).toEqual([null, null])
    }
  })
})

describe('the user', () => {
  it.each(LANGUAGES.map(({ tag }) => tag))('may choose %s by REST, and reads it by tRPC', async (tag) => {
    const { tokens } = await signUp(server.ctx)
    const token = tokens.access
    await call(`${server.url}/user/`, { method: 'PATCH', json: { language: tag }, token })
    const read = await callTrpc(server.url, GET, { token })
    expect(read.body).toMatchObject({ result: { data: { language: tag } } })
  })

  it('keeps the language when a change leaves it out, and returns to the default by null', async () => {
    const { tokens } = await signUp(server.ctx)
    const token = tokens.access
    const url = `${server.url}/user/`
    const set = await callTrpc(server.url, UPDATE, { input: { language: 'ja' }, token })
    expect(set.body).toMatchObject({ result: { data: { language: 'ja', first_name: 'Ada' } } })
    const put = await call(url, { method: 'PUT', json: NAMES, token })
    expect(put.body).toMatchObject({ language: 'ja' })
    const patched = await call(url, { method: 'PATCH', json: { language: null }, token })
    expect(patched.body).toMatchObject({ language: null, ...NAMES })
  })

  it.each([
    ['en-XA', 'en'],
    ['ar-XB', 'ar'],
  ])('never gets the pseudo-locale %s over either door: the language %s is stored', async (asked, stored) => {
    const { tokens } = await signUp(server.ctx)
    const token = tokens.access
    const json = { language: asked }
    const rest = await call(`${server.url}/user/`, { method: 'PATCH', json, token })
    expect(rest).toMatchObject({ status: 200, body: { language: stored } })
    const trpc = await callTrpc(server.url, UPDATE, { input: json, token })
    expect(trpc.body).toMatchObject({ result: { data: { language: stored } } })
    expect(await languageOf(token)).toBe(stored)
  })

  it.each(['ca', 'Deutsch', 'de, en'])('is refused the language %s over both doors', async (language) => {
    const { tokens } = await signUp(server.ctx)
    const token = tokens.access
    const rest = await call(`${server.url}/user/`, { method: 'PATCH', json: { language }, token })
    expect(rest).toMatchObject({ status: 400, body: { language: UNKNOWN } })
    const trpc = await callTrpc(server.url, UPDATE, { input: { language }, token })
    expect(trpc.body).toMatchObject({ error: { data: { fields: { language: UNKNOWN } } } })
    expect(await languageOf(token)).toBeNull()
  })
})

describe('staff', () => {
  it('create a user with a language, and see the language of users', async () => {
    const { tokens, userId } = await signUp(server.ctx)
    await server.database.sql`update users set role = 900 where id = ${userId}`
    const token = tokens.access
    const json = { email: newEmail(), password: PASSWORD, language: 'nl-BE' }
    const made = await call(`${server.url}/staff/users/`, { json, token })
    expect(made).toMatchObject({ status: 201, body: { language: 'nl' } })
    const { id } = made.body as { id: string }
    const shown = await call(`${server.url}/staff/users/${id}/`, { token })
    expect(shown.body).toMatchObject({ language: 'nl' })
    const refused = await call(`${server.url}/staff/users/`, { json: { ...json, language: 'ca' }, token })
    expect(refused).toMatchObject({ status: 400, body: { language: UNKNOWN } })
  })
})
