import type postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DatabaseSilence, STATEMENT_DEADLINE_MILLISECONDS } from './deadline.ts'
import { keepPool, type Pool } from './pool.ts'

/** Stands for the driver's handle of a pool, of which one is opened after another. */
interface Opened {
  number: number
  isEnded: boolean
}

let opened: Opened[]
let pool: Pool
beforeEach(() => {
  vi.useFakeTimers()
  opened = []
  pool = keepPool(() => {
    const handle = { number: opened.length + 1, isEnded: false }
    opened.push(handle)
    const end = async () => {
      handle.isEnded = true
    }
    return Object.assign(handle, { end }) as unknown as postgres.Sql
  })
})
afterEach(() => vi.useRealTimers())

/** Sends so many statements that are not answered, lets something else happen, and waits until they are given up on. */
async function sendInVain(many = 1, meanwhile = async (): Promise<unknown> => null): Promise<void> {
  const silent = Array.from({ length: many }, () =>
    expect(pool.limit(() => new Promise(() => {}))).rejects.toThrow(DatabaseSilence),
  )
  await vi.advanceTimersByTimeAsync(STATEMENT_DEADLINE_MILLISECONDS / 2)
  await meanwhile()
  await vi.advanceTimersByTimeAsync(STATEMENT_DEADLINE_MILLISECONDS / 2)
  await Promise.all(silent)
}

function sendInTime(): Promise<number> {
  return pool.limit(async (client) => (client as unknown as Opened).number)
}

describe('a pool', () => {
  it('in which nothing is answered until a deadline is ended, and what follows goes to another', async () => {
    await sendInVain()
    expect(opened).toMatchObject([{ isEnded: true }, { isEnded: false }])
    expect(await sendInTime()).toBe(2)
  })

  it('is replaced once for all statements that fell silent together', async () => {
    await sendInVain(3)
    expect(opened).toHaveLength(2)
  })

  it('in which one statement is slow and another is answered is kept', async () => {
    await sendInVain(1, sendInTime)
    expect(opened).toMatchObject([{ isEnded: false }])
  })

  it('in which another statement is refused has answered', async () => {
    const sendRefused = () => pool.limit(() => Promise.reject(new Error('no such table')))
    await sendInVain(1, () => expect(sendRefused()).rejects.toThrow('no such table'))
    expect(opened).toMatchObject([{ isEnded: false }])
  })

  it('is closed with the ones before it', async () => {
    await sendInVain()
    await pool.close()
    expect(opened).toMatchObject([{ isEnded: true }, { isEnded: true }])
  })
})
