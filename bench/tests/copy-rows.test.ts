import { createTestDatabase } from '@latchkey/testkit'
import { expect, test } from 'vitest'
import { copyRows } from '../src/moving-in/copy-rows.ts'

test('rows are copied however many of them the stream holds when the last one comes', async () => {
  const { url, sql, drop } = await createTestDatabase()
  for (let rows = 50; rows <= 1000; rows += 50) {
    await sql`
      insert into users (id, email, password_hash)
      select gen_random_uuid(), gen_random_uuid() || '@example.com', repeat('x', 400) from generate_series(1, 50)`
    expect((await copyRows(url)).rows).toBe(rows)
  }
  await drop()
})
