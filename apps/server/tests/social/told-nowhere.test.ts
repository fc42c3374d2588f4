import {
  createProviderStandIn,
  describeProviders,
  newEmail,
  PLACES,
  STAND_IN_SECRET,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { type OtlpReceiver, startOtlpReceiver } from '../seeing/otlp-receiver.ts'
import { startTestServer } from '../test-server.ts'
import { APP, begin, openBrowser, outcomeOf } from './redirect-browser.ts'

let receiver: OtlpReceiver
beforeAll(async () => {
  receiver = await startOtlpReceiver()
})
afterAll(() => receiver.close())

it('no token, code, verifier or secret of a provider is in the log, in a trace or in the database', async () => {
  const standIn = await createProviderStandIn()
  const secrets = new Set<string>([STAND_IN_SECRET])
  const note = (...texts: (string | null)[]) => {
    for (const text of texts) if (text) for (const part of [text, ...text.split('.')]) secrets.add(part)
  }
  const traces = {
    ...{ url: receiver.url, headers: {}, serviceName: 'auth', attributes: {} },
    ...{ sampler: 'parentbased_always_on' as const, share: 1 },
  }
  const server = await startTestServer({
    seeing: { traces },
    core: {
      providerSettings: describeProviders({ acme: { emailDomains: ['*'] } }),
      providerFetch: async (url, options) => {
        const answer = await standIn.fetch(url, options)
        const said = await answer.clone().text()
        for (const [, text] of said.matchAll(/"(?:access_token|id_token)":"([^"]+)"/g)) note(text ?? null)
        return answer
      },
      config: { providerReturnUrls: [APP] },
    },
  })
  const person = () => ({ sub: `told-${crypto.randomUUID()}`, email: newEmail(), email_verified: true })
  const statuses: number[] = []
  const post = async (path: string, json: Record<string, string>, token?: string) => {
    note(...['id_token', 'access_token', 'code', 'code_verifier', 'nonce'].map((name) => json[name] ?? null))
    const answer = await call(server.url + path, { json, ...(token && { token }) })
    statuses.push(answer.status)
    return answer
  }
  const sign = (claims: object = {}) =>
    standIn.signIdToken('acme', { ...person(), aud: 'acme-web', ...claims })
  const codeOf = (more: object = {}) => ({
    ...{ code: `code-${crypto.randomUUID()}`, callback_url: 'https://app.example/callback' },
    ...{ code_verifier: crypto.randomUUID().repeat(2), nonce: `nonce-${crypto.randomUUID()}`, ...more },
  })

  const { body } = await post('/social/acme/token/', { id_token: await sign() })
  const { access } = body as { access: string }
  await post('/social/acme/connect/token/', { id_token: await sign() }, access)
  await post('/social/acme/token/', { id_token: `${(await sign()).slice(0, -4)}AAAA` })
  await post('/social/acme/token/', { id_token: await sign({ iss: 'https://evil.example' }) })
  const accessToken = standIn.giveAccessToken({
    ...{ provider: 'github', person: { id: 7, login: 'ada', emails: [] } },
    ...{ clientId: 'github-web', scopes: ['user:email'] },
  })
  await post('/social/github/token/', { access_token: accessToken })
  await post('/social/github/token/', { access_token: `at-${crypto.randomUUID()}` })
  await post('/social/acme/code/', codeOf())
  await post('/social/acme/connect/code/', codeOf(), access)
  const input = { provider: 'acme', id_token: await sign({ aud: 'another' }) }
  note(input.id_token)
  statuses.push(
    (await callTrpc(server.url, { path: 'social.signInWithToken', type: 'mutation' }, { input })).status,
  )

  const browser = openBrowser(server)
  for (const isDown of [false, true]) {
    const attempt = await begin(browser)
    const query = standIn.authorize(attempt.provider, person())
    const { searchParams } = attempt.provider
    note(attempt.verifier, query.get('code'), searchParams.get('state'), searchParams.get('nonce'))
    note(...browser.cookies.values())
    if (isDown) {
      standIn.override.answer = ({ href }) =>
        href === PLACES.acme.token ? Response.json({ error: 'hush' }, { status: 500 }) : undefined
    }
    const { code } = outcomeOf(await browser.open(`/social/acme/callback/?${query}`))
    note(code)
    if (code) await post('/social/session/', { code, code_verifier: attempt.verifier })
  }
  // One that waits for its app.
  standIn.override.answer = () => undefined
  const waiting = await begin(browser)
  const query = standIn.authorize(waiting.provider, person())
  note(
    query.get('code'),
    outcomeOf(await browser.open(`/social/acme/callback/?${query}`)).code,
    waiting.verifier,
  )
  await server.database.sql`alter table connections rename to hidden`
  await post('/social/acme/token/', { id_token: await sign() })
  await server.database.sql`alter table hidden rename to connections`
  expect(new Set(statuses)).toEqual(new Set([200, 201, 400, 401, 500]))

  const tables = await server.database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) => server.database.sql`select * from ${server.database.sql(name)}`),
  )
  await server.close()
  const told = [
    JSON.stringify(rows),
    ...server.logLines,
    ...server.coreLogLines,
    JSON.stringify(receiver.spans),
  ]
  expect([secrets.size > 40, receiver.spans.length > 20]).toEqual([true, true])
  for (const secret of secrets) expect(told.filter((text) => text.includes(secret))).toEqual([])
})
