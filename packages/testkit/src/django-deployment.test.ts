import { expect, it } from 'vitest'
import { createDjangoDatabase, listDjangoHashes, listLiveTokens } from './django-deployment.ts'
import { readDjangoClaims } from './django-tokens.ts'

it('the fixture is loaded as psql loads it: three users, four sessions, and the tokens of these sessions', async () => {
  const database = await createDjangoDatabase({ liveAt: 1_900_000_000 })
  const users = await database.sql`
    select u.id, e.verified from jwt_allauth_jauser u join account_emailaddress e on e.user_id = u.id order by 1`
  expect(users.map(({ id, verified }) => [id, verified])).toEqual([
    ['1', true],
    ['2', true],
    ['3', false],
  ])
  const sessions = await database.sql`
    select jti, session, user_id, extract(epoch from created)::int as created
    from jwt_allauth_refreshtokenwhitelistmodel order by id`
  const claims = (await listLiveTokens({ liveAt: 1_900_000_000 })).map(({ refresh }) =>
    readDjangoClaims(refresh),
  )
  expect(sessions.map(({ created: _, ...row }) => row)).toEqual(
    claims.map(({ jti, session, user_id }) => ({ jti, session, user_id })),
  )
  expect(sessions.every(({ created }, i) => Math.abs(created - (claims[i]?.iat ?? 0)) <= 1)).toBe(true)
  expect(await listDjangoHashes()).toHaveLength(9)
  await database.drop()
})
