import { createDjangoDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { collectBatches } from '../../../tests/support/collect-batches.ts'
import { openDjango } from './open-django.ts'

const ROLE = `reader_${crypto.randomUUID().replaceAll('-', '')}`
const TABLES = [
  'jwt_allauth_jauser',
  'account_emailaddress',
  'jwt_allauth_refreshtokenwhitelistmodel',
  'mfa_authenticator',
]

let database: TestDatabase
let url: string
beforeAll(async () => {
  database = await createDjangoDatabase()
  await database.sql.unsafe(
    `create role ${ROLE} login password 'hush'; grant select on ${TABLES.join(', ')} to ${ROLE}`,
  )
  url = Object.assign(new URL(database.url), { username: ROLE, password: 'hush' }).href
})
afterAll(async () => {
  await database.sql.unsafe(`drop owned by ${ROLE}; drop role ${ROLE}`)
  await database.drop()
})

it('a role that may only read the four tables suffices', async () => {
  const source = await openDjango(url)
  const users = await collectBatches(source.users())
  const sessions = await collectBatches(source.sessions())
  expect([users.length, sessions.length]).toEqual([3, 4])
  expect(await source.facts()).toMatchObject({ groups: 'not readable', django_sessions: 'not readable' })
  await source.close()
})

it.each(TABLES)('a role that may not read %s is told so before anything is read', async (table) => {
  await database.sql.unsafe(`revoke select on ${table} from ${ROLE}`)
  await expect(openDjango(url)).rejects.toThrow(
    new RegExp(`^The role may not read the column "?\\w+"? of public.${table}: grant`),
  )
  await database.sql.unsafe(`grant select on ${table} to ${ROLE}`)
})

it('a role that may read some columns only is told which one is closed', async () => {
  await database.sql.unsafe(`revoke select on jwt_allauth_jauser from ${ROLE};
    grant select (id, email, password) on jwt_allauth_jauser to ${ROLE}`)
  await expect(openDjango(url)).rejects.toThrow(
    /The role may not read the column \w+ of public.jwt_allauth_jauser/,
  )
  await database.sql.unsafe(`grant select on jwt_allauth_jauser to ${ROLE}`)
})

it('a policy that hides users from the role is an error, and not an import without them', async () => {
  await database.sql.unsafe('alter table jwt_allauth_jauser enable row level security')
  const source = await openDjango(url)
  await expect(collectBatches(source.users())).rejects.toThrow(/row-level security/)
  await source.close()
  await database.sql.unsafe('alter table jwt_allauth_jauser disable row level security')
})

it('a role that may not ask for the identifier of the cluster names the deployment itself', async () => {
  await database.sql`revoke execute on function pg_control_system() from public`
  await expect(openDjango(url)).rejects.toThrow(/--source/)
  const source = await openDjango(url, { source: 'the old one' })
  expect(source.name).toBe('the old one')
  await source.close()
})

it('the password of the database stands in no message', async () => {
  const wrong = Object.assign(new URL(url), { password: 'very-secret' }).href
  const told = await openDjango(wrong).then(String, (error: Error) => error.message)
  expect(told).toContain('DJANGO_DATABASE_URL')
  expect(told).not.toContain('very-secret')
})
