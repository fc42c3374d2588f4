import { expect, it } from 'vitest'
import { limitHashes } from './limit-hashes.ts'

const MIB = 1024 * 1024
const MACHINE = { cores: 64, memoryBytes: 512 * MIB, hashKib: 19_456 }

it('the hashes that run at once fit into half of the memory of a container on a machine with many cores', () => {
  const { concurrency, queue } = limitHashes(MACHINE)
  expect(concurrency).toBe(13)
  expect(concurrency * MACHINE.hashKib * 1024).toBeLessThanOrEqual(MACHINE.memoryBytes / 2)
  expect(queue).toBe(1300)
})

it.each([
  ['a machine with enough memory', { cores: 2 }, 2],
  ['a process without a limit, which Node tells as 0', { memoryBytes: 0 }, 64],
  ['a process without a limit, which Node tells as more than there can be', { memoryBytes: 2 ** 64 }, 64],
  ['a container that is smaller than one hash', { memoryBytes: 16 * MIB }, 1],
])('one hash for each core runs on %s, and at least one', (_what, part, concurrency) => {
  expect(limitHashes({ ...MACHINE, ...part }).concurrency).toBe(concurrency)
})
