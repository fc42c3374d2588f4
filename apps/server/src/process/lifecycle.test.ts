import { expect, it } from 'vitest'
import { Lifecycle, StartInterrupted } from './lifecycle.ts'

function createRecorder() {
  const lifecycle = new Lifecycle()
  const events: string[] = []
  const part = (name: string, opening: Promise<void> = Promise.resolve()) => ({
    open: async () => {
      await opening
      events.push(`open ${name}`)
      return name
    },
    close: async () => {
      events.push(`close ${name}`)
    },
  })
  return { lifecycle, events, part }
}

it('closes the parts in reverse order, each once, also when one part fails to close', async () => {
  const { lifecycle, events, part } = createRecorder()
  await lifecycle.open(part('a'))
  await lifecycle.open({ open: async () => 'b', close: () => Promise.reject(new Error('b stays')) })
  await lifecycle.open(part('c'))
  const errors: unknown[] = []
  await Promise.all([lifecycle.close((error) => errors.push(error)), lifecycle.close(() => {})])
  expect(events).toEqual(['open a', 'open c', 'close c', 'close a'])
  expect(errors).toEqual([new Error('b stays')])
})

it('a stop during the start waits for the part that is opening, closes it and opens no other part', async () => {
  const { lifecycle, events, part } = createRecorder()
  const { promise, resolve } = Promise.withResolvers<void>()
  const opening = lifecycle.open(part('slow', promise))
  const closing = lifecycle.close(() => {})
  await expect(lifecycle.open(part('next'))).rejects.toThrow(StartInterrupted)
  expect(events).toEqual([])
  resolve()
  await Promise.all([opening, closing])
  expect(events).toEqual(['open slow', 'close slow'])
})

it.each([true, false])('each part learns whether an operator stops the process: %s', async (isGentle) => {
  const { lifecycle } = createRecorder()
  const manners: unknown[] = []
  await lifecycle.open({ open: async () => 'a', close: async (_part, manner) => void manners.push(manner) })
  await lifecycle.close(() => {}, { isGentle })
  expect(manners).toEqual([{ isGentle }])
})

it('a part that fails to open is not closed', async () => {
  const { lifecycle, events, part } = createRecorder()
  await lifecycle.open(part('a'))
  await expect(lifecycle.open(part('b', Promise.reject(new Error('no'))))).rejects.toThrow('no')
  await lifecycle.close(() => {})
  expect(events).toEqual(['open a', 'close a'])
})
