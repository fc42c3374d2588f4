import { createTestDatabase } from '@latchkey/testkit'
import { expect, test } from 'vitest'
import { openDatabase } from './connection.ts'

test('arrays of text and of ids go to the server and come back', async () => {
  const database = await createTestDatabase({ empty: true })
  const { sql, close } = openDatabase({ url: database.url, poolSize: 1, prepare: true })
  try {
    const texts = ['plain', 'a "quote"', 'back\\slash', 'a, comma', '{brace}', '']
    const ids = [crypto.randomUUID(), crypto.randomUUID()]
    for (const [type, values] of [
      ['text', texts],
      ['uuid', ids],
      ['text', []],
    ] as const) {
      const [row] = await sql.unsafe(`select $1::${type}[] as list`, [values as never])
      expect(row?.list).toEqual(values)
    }
  } finally {
    await close()
    await database.drop()
  }
})
