import { expect, it } from 'vitest'
import { spellCount } from './spell-count.ts'

it('one thing has the words for one, and every other count has those for several', () => {
  const told = [0, 1, 2, 21].map((count) => spellCount(count, 'user has', 'users have'))
  expect(told).toEqual(['0 users have', '1 user has', '2 users have', '21 users have'])
})
