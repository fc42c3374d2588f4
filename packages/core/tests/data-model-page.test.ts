import { listCodes, readPage, readTables } from '@latchkey/testkit'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import * as schema from '../src/tables/schema.ts'

const pageTables = readTables(readPage('docs/data-model.md'))
const described = pageTables.filter(({ head }) => head[0] === 'column')
const stored = Object.values(schema).map((table) => getTableConfig(table))

describe('the page of the data model', () => {
  it('has a section for every table, and no other section of columns', () => {
    const headings = described.flatMap(({ heading }) => listCodes(heading))
    expect(headings.sort()).toEqual(stored.map(({ name }) => name).sort())
  })

  it.each(stored.map((table) => [table.name, table] as const))(
    'has every column of %s with its type, and no other column',
    (name, { columns }) => {
      const rows = described.find(({ heading }) => heading === `\`${name}\``)?.rows ?? []
      const written = rows.flatMap(([names, type]) => listCodes(names).map((column) => `${column}: ${type}`))
      const known = columns.map((column) => {
        const type = `\`${column.getSQLType()}\`${column.notNull ? '' : ' or null'}`
        return `${column.name}: ${type}`
      })
      expect(written.sort()).toEqual(known.sort())
    },
  )

  it('lists every foreign key with the rows it deletes, and no other key', () => {
    const keys = stored.flatMap(({ name, foreignKeys }) =>
      foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference()
        expect(key.onDelete, `${name} of ${columns[0]?.name}`).toBe('cascade')
        return [name, getTableConfig(foreignTable).name, columns.map((column) => column.name).join()].join(
          ' ',
        )
      }),
    )
    const rows = pageTables.find(({ heading }) => heading === 'What goes with what')?.rows ?? []
    expect(rows.map((cells) => cells.flatMap(listCodes).join(' ')).sort()).toEqual(keys.sort())
  })
})
