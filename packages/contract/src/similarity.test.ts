import { describe, expect, it } from 'vitest'
import { similarityOf } from './similarity.ts'

describe('similarityOf', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 0],
    ['abc', 'xyz', 0],
    ['abc', 'abc', 1],
    ['abc', 'cab', 1],
    ['aab', 'abb', 2 / 3],
    ['abcd', 'ab', 2 / 3],
    ['🔑🔑', '🔑', 2 / 3],
  ])('of %j and %j is %d, in either order', (one, other, similarity) => {
    expect(similarityOf(one, other)).toBeCloseTo(similarity)
    expect(similarityOf(other, one)).toBeCloseTo(similarity)
  })
})
