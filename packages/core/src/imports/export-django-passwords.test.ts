import { createTestCore, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DjangoPassword, exportDjangoPasswords, findDjangoSources } from './export-django-passwords.ts'

const OURS = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** A user that was moved in, with the hash that it has now. */
async function moveIn(oldId: string, state: { hash: string; form?: number; source?: string; as?: string }) {
  const { hash, form = 1, source = 'shop', as = 'account' } = state
  const { userId } = await signUp(test.ctx)
  const { sql } = test.database
  await sql`update users set password_hash = ${hash}, password_form = ${form} where id = ${userId}`
  await sql`insert into imported_users (source, old_id, user_id, row_hash, imported_hash, state)
    values (${source}, ${oldId}, ${userId}, '', '', ${as})`
}

async function pagesOf(source: string): Promise<DjangoPassword[][]> {
  const pages: DjangoPassword[][] = []
  for await (const page of exportDjangoPasswords(test.ctx, source)) pages.push(page)
  return pages
}

it('passwords go back by the key of the source: upgraded ones and chosen ones, and no other', async () => {
  await moveIn('10', { hash: OURS })
  await moveIn('9', { hash: OURS, form: 0 })
  await moveIn('8', { hash: 'pbkdf2_sha256$1000000$salt$aGFzaA==' })
  await moveIn('7', { hash: 'argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaA' })
  await moveIn('6', { hash: '!' })
  await moveIn('5', { hash: OURS, as: 'adopted', form: 0 })
  await moveIn('4', { hash: OURS, source: 'another' })
  const pages = await pagesOf('shop')
  expect(pages.flat()).toEqual([
    { id: '10', password: `argon2${OURS}`, change: 'upgraded' },
    { id: '9', password: `argon2${OURS}`, change: 'set' },
  ])
})

it('more than a page of passwords comes whole, each once', async () => {
  const { sql } = test.database
  const { userId } = await signUp(test.ctx)
  await sql`update users set password_hash = ${OURS} where id = ${userId}`
  await sql`insert into imported_users (source, old_id, user_id, row_hash, imported_hash, state)
    select 'large', n::text, ${userId}, '', '', 'account' from generate_series(1, 2500) n`
  const pages = await pagesOf('large')
  expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500])
  expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(2500)
})

it('the deployments that can take passwords back are those of Django, each once', async () => {
  const { sql } = test.database
  for (const [source, kind] of [
    ['shop', 'django'],
    ['shop', 'django'],
    ['a', 'django'],
    ['b', 'file'],
  ] as const) {
    await sql`insert into imports (id, source, kind, started_at, final)
      values (gen_random_uuid(), ${source}, ${kind}, now(), false)`
  }
  expect(await findDjangoSources(test.ctx)).toEqual(['a', 'shop'])
})
