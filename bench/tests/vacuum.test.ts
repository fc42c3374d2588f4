import { expect, test } from 'vitest'
import { measureVacuum, TABLES } from '../src/vacuum/measure-vacuum.ts'

test('the content of each table is replaced twice, and autovacuum has vacuumed each', async () => {
  const seen = await measureVacuum({
    users: 1000,
    steps: 6,
    seconds: 3600,
    scale: 0.05,
    report: () => undefined,
  })
  expect(Object.keys(seen)).toEqual(TABLES)
  for (const table of TABLES) {
    expect(seen[table], table).toMatchObject({ replaced: '2.0' })
    expect(Number(seen[table]?.['most dead']), table).toBeGreaterThan(50)
    expect(Number(seen[table]?.vacuums), table).toBeGreaterThan(0)
  }
})
