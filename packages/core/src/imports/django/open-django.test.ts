import { createDjangoDatabase, listLiveTokens, readDjangoClaims, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectBatches } from '../../../tests/support/collect-batches.ts'
import type { Source, SourceSession, SourceUser } from '../records.ts'
import { openDjango } from './open-django.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDjangoDatabase()
})
afterAll(() => database.drop())

async function readAll(source: Source): Promise<{ users: SourceUser[]; sessions: SourceSession[] }> {
  const users = await collectBatches(source.users())
  return { users, sessions: await collectBatches(source.sessions()) }
}

describe('the deployment of 1.5.1', () => {
  let source: Source
  beforeAll(async () => {
    source = await openDjango(database.url)
  })
  afterAll(() => source.close())

  it('has three users and four sessions', async () => {
    expect(await source.count()).toEqual({ users: 3, sessions: 4 })
    const { users, sessions } = await readAll(source)
    expect(users).toHaveLength(3)
    expect(sessions).toHaveLength(4)
  })

  it('gives each user as the mapping says', async () => {
    const [ada, grace, edsger] = await collectBatches(source.users())
    expect(ada).toEqual({
      oldId: '1',
      email: 'ada@example.com',
      emailVerified: true,
      firstName: 'Ada',
      lastName: 'Test',
      role: 0,
      isActive: true,
      createdAt: new Date('2026-11-22T18:52:15.784Z'),
      lastLogin: new Date('2026-11-22T18:52:38.255Z'),
      passwordHash:
        'pbkdf2_sha256$1000000$yooRC5TRfIU6tkykORMkZw$tJ7k7uUlLteFssj3Ug7U9OfwlSnUdQKmdfWR8XIjKc0=',
      passwordForm: 1,
      remarks: [],
      totp: null,
      recoveryCodes: null,
    })
    expect(grace).toMatchObject({ oldId: '2', role: 1000, emailVerified: true })
    expect(edsger).toMatchObject({
      oldId: '3',
      email: 'edsger@example.com',
      emailVerified: false,
      lastLogin: null,
    })
  })

  it('gives the sessions of the tokens that its clients hold', async () => {
    const held = (await listLiveTokens()).map(({ refresh }) => readDjangoClaims(refresh))
    const sessions = await collectBatches(source.sessions())
    const given = sessions.map(({ sessionId, jti, oldUserId }) => ({
      session: sessionId.replaceAll('-', ''),
      jti,
      user: oldUserId,
    }))
    const expected = held.map(({ session, jti, user_id }) => ({ session, jti, user: String(user_id) }))
    expect(new Set(given)).toEqual(new Set(expected))
    expect(sessions).toContainEqual({
      sessionId: 'eb7c014d-078e-4995-9bfa-280f9aa33157',
      jti: 'a44cf12cdb924635980b116a57e35326',
      oldUserId: '1',
      createdAt: new Date('2026-11-22T18:52:37.987Z'),
      ip: null,
      browser: null,
      os: null,
      device: null,
    })
  })

  it('has keys of integers, and one name in each run', async () => {
    expect(source.keyType).toBe('integer')
    const again = await openDjango(database.url)
    expect(again.name).toBe(source.name)
    expect(source.name).toMatch(/^django:\d+\/test_[0-9a-f]+\/public\.jwt_allauth_jauser$/)
    await again.close()
  })

  it('gives the facts for the dry run', async () => {
    expect(await source.facts()).toEqual({
      user_table: 'public.jwt_allauth_jauser',
      key: 'id bigint',
      address_table: 'public.account_emailaddress',
      session_table: 'public.jwt_allauth_refreshtokenwhitelistmodel',
      highest_key: '3',
      'hash pbkdf2_sha256$1000000': 3,
      sessions_before_verification: 0,
      unreadable_sessions: 0,
      'set EMAIL_VERIFICATION': 'as the deployment has it; its tables do not tell',
      'set DJANGO_SECRET_KEY': expect.stringContaining('SECRET_KEY'),
      'set REST_PREFIX': expect.stringContaining('/jwt-allauth'),
      'set REFRESH_TOKEN_COOKIE_PATH': expect.stringContaining('/'),
      groups: 0,
      group_members: 0,
      permissions_of_users: 0,
      api_tokens: 0,
      django_sessions: 3,
      open_confirmations: 0,
      open_permissions: 0,
    })
  })

  it('is read in one state, whatever is written meanwhile', async () => {
    const other = await createDjangoDatabase()
    const early = await openDjango(other.url)
    await other.sql`delete from jwt_allauth_refreshtokenwhitelistmodel where id = 1`
    await other.sql`update jwt_allauth_jauser set first_name = 'Later' where id = 1`
    await other.sql`update account_emailaddress set verified = true where user_id = 3`
    const { users, sessions } = await readAll(early)
    expect(users.map(({ firstName }) => firstName)).toEqual(['Ada', 'Grace', 'Edsger'])
    expect(users[2]?.emailVerified).toBe(false)
    expect(sessions).toHaveLength(4)
    await early.close()
    const late = await openDjango(other.url)
    expect((await readAll(late)).sessions).toHaveLength(3)
    await late.close()
    await other.drop()
  })
})
