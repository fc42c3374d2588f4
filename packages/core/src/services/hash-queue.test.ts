import { createHashGate, FAST_HASH, listForeignHashes, waitUntil } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { createHashQueue } from './hash-queue.ts'
import { createHasher } from './hasher.ts'

const MIB = 1024
/** A check of Django's Argon2. */
const DJANGO_KIB = 100 * MIB

/** Work that a test ends by hand. */
function holdWork(limits: { concurrency: number; memoryKib?: number }) {
  const queue = createHashQueue({ queue: 100, ...limits })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const run = (name: string, memoryKib: number) =>
    queue.run(memoryKib, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { queue, begun, run, end }
}

it('hashes of 100 MiB begin until their sum would exceed 512 MiB, whatever number may run at once', async () => {
  const { queue, begun, run, end } = holdWork({ concurrency: 64 })
  const all = Array.from({ length: 8 }, (_, i) => run(`django ${i}`, DJANGO_KIB))
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toHaveLength(5)
  expect(queue.load).toEqual({ running: 5, waiting: 3 })
  await end('django 2')
  expect(begun).toHaveLength(6)
  for (let i = 0; i < 8; i++) await end(`django ${i}`)
  await Promise.all(all)
  expect(queue.load).toEqual({ running: 0, waiting: 0 })
})

it('a hash that exceeds the budget alone runs alone, and no later one passes it', async () => {
  const { begun, run, end } = holdWork({ concurrency: 8, memoryKib: 50 * MIB })
  const all = [run('small', MIB), run('huge', 1024 * MIB), run('late', MIB)]
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toEqual(['small'])
  await end('small')
  expect(begun).toEqual(['small', 'huge'])
  await end('huge')
  expect(begun).toEqual(['small', 'huge', 'late'])
  await end('late')
  await Promise.all(all)
})

it('a hash that fails gives its memory and its place back', async () => {
  const queue = createHashQueue({ concurrency: 1, queue: 1, memoryKib: MIB })
  await expect(queue.run(2 * MIB, () => Promise.reject(new Error('out of memory')))).rejects.toThrow('memory')
  expect(queue.load).toEqual({ running: 0, waiting: 0 })
  await expect(queue.run(MIB, async () => 'done')).resolves.toBe('done')
})

it('the hasher counts the memory of the stored hash, not that of its own parameters', async () => {
  const gate = createHashGate()
  const limits = { concurrency: 8, queue: 100, memoryKib: 3 * 512 }
  const hasher = await createHasher(FAST_HASH, limits, gate.argon2)
  const stored = (await listForeignHashes()).find(({ name }) => name === 'django argon2')?.text ?? ''
  expect(stored).toContain('m=512,')
  gate.shut()
  const checks = Array.from({ length: 6 }, () => hasher.verify(stored, 'wrong'))
  await waitUntil(() => hasher.load.waiting === 3, 'three to wait')
  expect(gate.running).toBe(3)
  gate.open()
  await Promise.all(checks)
  expect(gate.most).toBe(3)
})
