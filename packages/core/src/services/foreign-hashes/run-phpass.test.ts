import { expect, it } from 'vitest'
import { runPhpass } from './run-phpass.ts'

const SALT = Buffer.from('12345678')
const PASSWORD = Buffer.from('a password')

it('a fault in the thread of phpass is that of the check, and the process goes on', async () => {
  const broken = { salt: SALT, password: 'no bytes' as never, rounds: 1 }
  await expect(runPhpass(broken)).rejects.toThrow(TypeError)
})

it('a thread of phpass that ends without an answer and without an error is a fault of the check', async () => {
  process.once('worker', (worker) => void worker.terminate())
  const endless = { salt: SALT, password: PASSWORD, rounds: 2 ** 31 }
  await expect(runPhpass(endless)).rejects.toThrow('the thread of phpass has ended')
})
