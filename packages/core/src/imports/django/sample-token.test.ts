import {
  createDjangoDatabase,
  DJANGO_SECRET_KEY,
  listLiveTokens,
  readDjangoClaims,
  signDjangoToken,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldTokens } from '../../services/keys/old-tokens.ts'
import { openDjango } from './open-django.ts'

let database: TestDatabase
let refresh: string
let access: string
beforeAll(async () => {
  database = await createDjangoDatabase()
  const [held] = await listLiveTokens()
  refresh = held?.refresh ?? ''
  access = held?.access ?? ''
})
afterAll(() => database.drop())

async function check(token: string, { key, seconds = 0 }: { key?: string | null; seconds?: number } = {}) {
  const secret = key === undefined ? DJANGO_SECRET_KEY : key
  const options = { algorithm: 'HS256', issuer: null, audience: null } as const
  const keys = secret === null ? null : openOldTokens({ ...options, key: secret })
  const nowSeconds = readDjangoClaims(token).iat + seconds
  const source = await openDjango(database.url, { sample: { token, keys, nowSeconds } })
  const facts = await source.facts()
  await source.close()
  return facts
}

it('a sample token that the key has signed proves the key, and tells the lifetime', async () => {
  expect(await check(refresh)).toMatchObject({
    sample_token: 'refresh token, signed by the key',
    'set REFRESH_TOKEN_LIFETIME': '1209600s',
  })
  const facts = await check(access, { seconds: 3600 })
  expect(facts.sample_token).toBe('access token, signed by the key, expired')
  expect(facts).not.toHaveProperty('set REFRESH_TOKEN_LIFETIME')
})

it('a sample token that another key has signed is refused before anything is read', async () => {
  await expect(check(refresh, { key: 'another key of the old deployment' })).rejects.toThrow(
    /^The sample token is not signed by DJANGO_SECRET_KEY/,
  )
  await expect(check(refresh, { key: null })).rejects.toThrow(/needs the key of the deployment/)
})

it.each([
  ['session', { session: 'f'.repeat(32) }],
  ['user', { user_id: '2' }],
])('a sample token whose %s is not in the table of refresh tokens is refused', async (_, other) => {
  const token = signDjangoToken({ ...readDjangoClaims(refresh), ...other })
  await expect(check(token)).rejects.toThrow(
    /its session is not in public\.jwt_allauth_refreshtokenwhitelistmodel/,
  )
})

it('no refusal repeats the sample token', async () => {
  const told = await check(refresh, { key: 'another' }).then(JSON.stringify, (error: Error) => error.message)
  expect(told).not.toContain(refresh.slice(0, 20))
})
