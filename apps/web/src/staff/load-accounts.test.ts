import type { StaffAccount } from '@latchkey/client'
import { expect, test } from 'vitest'
import { loadAccounts } from './load-accounts.ts'

/** A server whose pages have so many accounts each. It notes the calls. */
function createList(pages: number[]) {
  const calls: { cursor?: string; limit?: number }[] = []
  const list = async (filter: { cursor?: string; limit?: number }) => {
    calls.push(filter)
    const page = calls.length
    const users = Array.from({ length: pages[page - 1] ?? 0 }, () => ({}) as StaffAccount)
    return { users, next_cursor: page < pages.length ? `${page}` : null }
  }
  return { list, calls }
}

test('short pages are joined until one page is full', async () => {
  const { list, calls } = createList([0, 20, 5, 25])
  const { items, next_cursor } = await loadAccounts(list, {}, 'from')
  expect([items.length, next_cursor]).toEqual([25, '3'])
  expect(calls.map(({ cursor, limit }) => [cursor, limit])).toEqual([
    ['from', 25],
    ['1', 25],
    ['2', 5],
  ])
})

test('empty pages end after five calls, and the cursor leads on', async () => {
  const { list, calls } = createList([0, 0, 0, 0, 0, 1])
  expect(await loadAccounts(list, {}, undefined)).toEqual({ items: [], next_cursor: '5' })
  expect(calls).toHaveLength(5)
})

test('the last page ends the list', async () => {
  const { list } = createList([3])
  expect(await loadAccounts(list, {}, undefined)).toMatchObject({ items: [{}, {}, {}], next_cursor: null })
})
