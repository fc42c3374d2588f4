import { expect, it } from 'vitest'
import { readOptions } from '../src/options.ts'

it('a run has a million steps and a new seed, unless it is told others', () => {
  expect(readOptions([])).toEqual({ steps: 1_000_000, seed: expect.any(Number) })
  expect(readOptions(['--steps', '20000', '--seed', '7'])).toEqual({ steps: 20_000, seed: 7 })
})

it.each([
  [['--steps', '19999'], /--steps takes a number from 20000/],
  [['--steps', '1e6'], /--steps takes a number/],
  [['--seed', '-1'], /--seed/],
  [['--seed', '2147483648'], /--seed takes a number from 0 to 2147483647/],
  [['--stepps', '20000'], /--stepps/],
])('a run refuses %j', (words, message) => {
  expect(() => readOptions(words)).toThrow(message)
})
