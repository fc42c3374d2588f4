import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDjangoDatabase, DJANGO_PASSWORD, listLiveTokens } from './django-deployment.ts'
import { type DjangoStandIn, startDjangoStandIn } from './django-stand-in.ts'
import { readDjangoClaims } from './django-tokens.ts'
import type { TestDatabase } from './test-database.ts'

const now = Math.floor(Date.now() / 1000)

let database: TestDatabase
let standIn: DjangoStandIn
beforeAll(async () => {
  database = await createDjangoDatabase({ liveAt: now })
  standIn = await startDjangoStandIn(database.url)
})
afterAll(async () => {
  await standIn.close()
  await database.drop()
})

async function post(path: string, fields: object, access?: string) {
  const headers = { 'content-type': 'application/json', ...(access && { authorization: `Bearer ${access}` }) }
  const answer = await fetch(`${standIn.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fields),
  })
  return { status: answer.status, body: (await answer.json()) as { access: string; refresh: string } }
}

it('a refresh replaces the row of the session: another jti, the same session, and the former token is refused', async () => {
  const [pair] = await listLiveTokens({ liveAt: now })
  const first = readDjangoClaims(pair?.refresh ?? '')
  const { status, body } = await post('/refresh/', { refresh: pair?.refresh })
  expect(status).toBe(200)
  const second = readDjangoClaims(body.refresh)
  expect(second).toMatchObject({ session: first.session, session_iat: first.session_iat, user_id: '1' })
  expect(second.jti).not.toBe(first.jti)
  const rows = await database.sql`
    select jti from jwt_allauth_refreshtokenwhitelistmodel where session = ${first.session}`
  expect(rows.map(({ jti }) => jti)).toEqual([second.jti])
  expect((await post('/refresh/', { refresh: pair?.refresh })).status).toBe(401)
})

it('a verified user signs in and out, and nobody else does', async () => {
  const { body } = await post('/login/', { email: 'grace@example.com', password: DJANGO_PASSWORD })
  expect((await post('/logout/', { refresh: body.refresh }, body.access)).status).toBe(200)
  expect((await post('/refresh/', { refresh: body.refresh })).status).toBe(401)
  expect(
    (await post('/login/', { email: 'edsger@example.com', password: DJANGO_PASSWORD })).body,
  ).toMatchObject({
    code: 'email_not_verified',
  })
  expect((await post('/login/', { email: 'ada@example.com', password: 'wrong' })).status).toBe(401)
})
