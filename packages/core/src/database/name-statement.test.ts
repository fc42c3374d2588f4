import { expect, it } from 'vitest'
import { nameStatement } from './name-statement.ts'

it.each([
  ['update "sessions" set "generation" = "generation" + 1 where "id" = $1', 'update sessions'],
  ['select "id" from "users" where "email" = $1 for update', 'select users'],
  ['select "id" from "users" where "email" = $1 for no key update of "users"', 'select users'],
  ['insert into "users" ("id") values ($1) on conflict do update set "id" = $1', 'insert users'],
  [
    'with gone as (delete from "sessions" where "id" = $1 returning "id") insert into "audit_events" select from gone',
    'delete sessions, insert audit_events',
  ],
  ['INSERT INTO latchkey_mail.job (name) VALUES ($1)', 'insert job'],
  ['select from latchkey_mail.job', 'select job'],
  ['select 1', 'select'],
  ['  BEGIN', 'begin'],
  ['/* nothing */', 'statement'],
])('names %s', (text, name) => {
  expect(nameStatement(text)).toBe(name)
})

it('leaves every value of a statement out', () => {
  const name = nameStatement("select * from users where email = 'ada@example.com' and name = 'from secret'")
  expect(name).toBe('select users')
})
