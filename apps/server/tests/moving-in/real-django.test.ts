import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { exportDjangoPasswords } from '@latchkey/core/imports/export-django-passwords'
import { createTestCore, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, 'check_django.py')
const PASSWORDS = ['Val1d-Passw0rd!', 'pässwörd 李 123', 'with  blanks inside', ' with blanks around ']

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Asks the hashers of Debian's Django. */
function askDjango(pairs: [password: string, hash: string][]): boolean[] {
  const input = pairs.map((pair) => JSON.stringify(pair)).join('\n')
  const out = execFileSync('/usr/bin/python3', [SCRIPT], { input, encoding: 'utf8' })
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as boolean)
}

it('Django takes an exported password, refuses another one, and refuses one that has blanks around it', async () => {
  const { sql } = test.database
  for (const [id, password] of PASSWORDS.entries()) {
    const { userId } = await signUp(test.ctx)
    await sql`update users set password_hash = ${await test.ctx.hasher.hash(password)} where id = ${userId}`
    await sql`insert into imported_users (source, old_id, user_id, row_hash, imported_hash, state)
      values ('shop', ${String(id)}, ${userId}, '', '', 'account')`
  }
  const pairs: [string, string][] = []
  for await (const page of exportDjangoPasswords(test.ctx, 'shop'))
    for (const { id, password } of page) pairs.push([PASSWORDS[Number(id)] ?? '', password])
  expect(pairs).toHaveLength(4)
  expect(askDjango(pairs)).toEqual([true, true, true, false])
  expect(askDjango(pairs.map(([password, hash]) => [`${password}x`, hash]))).toEqual(Array(4).fill(false))
})
