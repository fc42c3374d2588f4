import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseConnection, openDatabase } from './connection.ts'

let database: TestDatabase
let connection: DatabaseConnection
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  connection = openDatabase({ url: database.url, poolSize: 1, prepare: true })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

test('arrays of text and of ids go to the server and come back', async () => {
  const texts = ['plain', 'a "quote"', 'back\\slash', 'a, comma', '{brace}', '']
  const ids = [crypto.randomUUID(), crypto.randomUUID()]
  for (const [type, values] of [
    ['text', texts],
    ['uuid', ids],
    ['text', []],
  ] as const) {
    const [row] = await connection.sql.unsafe(`select $1::${type}[] as list`, [values as never])
    expect(row?.list).toEqual(values)
  }
})

test('JSON goes to the server as a text and as an object', async () => {
  const json = { reason: 'a "quote"' }
  for (const value of [json, JSON.stringify(json)]) {
    const [row] = await connection.sql.unsafe('select $1::jsonb as json', [value as never])
    expect(row?.json).toEqual(json)
  }
})

test('a time goes to the server as a text and as a date, and comes back as a text with its microseconds', async () => {
  const text = '2026-11-25 10:00:00.123456+00'
  const time = new Date('2026-11-25T10:00:00.123Z')
  const [row] = await connection.sql.unsafe(
    `select $1::timestamptz as text, $2::timestamptz as time, extract(epoch from $2::timestamptz)::text as seconds`,
    [text, time],
  )
  expect(row).toMatchObject({ text: '2026-11-25 10:00:00.123456+00', seconds: `${time.getTime() / 1000}000` })
})
