import { DJANGO_PASSWORD, readClaims, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type Move, prepareMove } from './move.ts'

const SECRET = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
const SEED = '3f'.repeat(40)
/** What Python makes of the seed by the rules of django-allauth. */
const [USED = '', FIRST = '', SECOND = ''] = ['16568196', '17628946', '55871587']

let move: Move
let url: string
beforeAll(async () => {
  move = await prepareMove()
  const { sql } = move.django
  const rows = [
    ['totp', { secret: SECRET }],
    ['recovery_codes', { seed: SEED, used_mask: 1 }],
  ] as const
  for (const [type, data] of rows)
    await sql`insert into mfa_authenticator (type, data, user_id, created_at)
      values (${type}, ${sql.json(data)}, 1, now())`
})
afterAll(() => move?.close())

const post = (path: string, json: object) => call(`${url}${path}`, { method: 'POST', json })

async function askChallenge(): Promise<string> {
  const { body } = await post('/login/', { email: 'ada@example.com', password: DJANGO_PASSWORD })
  return String((body as { challenge_id?: string }).challenge_id)
}

it('a second factor moves in with its user: the app and each unused recovery code sign in, once each', async () => {
  await move.importAll('--final')
  url = (await move.serve()).url
  const code = totpCode(SECRET, { seconds: 0 })
  const byApp = await post('/mfa/verify/', { challenge_id: await askChallenge(), code })
  expect(byApp.status).toBe(200)
  expect(readClaims((byApp.body as { access: string }).access)).toMatchObject({ acr: 'aal2', user_id: '1' })
  const again = await post('/mfa/verify/', { challenge_id: await askChallenge(), code })
  expect(again).toMatchObject({ status: 400, body: { code: 'invalid_code' } })
  const recover = async (recovery_code: string) =>
    (await post('/mfa/verify-recovery/', { challenge_id: await askChallenge(), recovery_code })).status
  expect(await recover(USED)).toBe(400)
  expect([await recover(FIRST), await recover(FIRST)]).toEqual([200, 400])
  expect(await recover(`${SECOND.slice(0, 4)} ${SECOND.slice(4)}`)).toBe(200)
})

it('a later import brings back no recovery code that was used here', async () => {
  const left = async () => {
    const [row] = await move.database.sql`select count(*)::int from recovery_codes where used_at is null`
    return row?.count
  }
  const before = await left()
  expect(before).toBe(7)
  await move.importAll('--final')
  expect(await left()).toBe(before)
})

it('nothing of the factors stands in the database in the clear', async () => {
  const rows = await move.database.sql`select secret_jwe as text from totp_factors
    union all select code_hash from recovery_codes`
  const text = JSON.stringify(rows)
  for (const secret of [SECRET, SEED, FIRST, SECOND]) expect(text).not.toContain(secret)
})
