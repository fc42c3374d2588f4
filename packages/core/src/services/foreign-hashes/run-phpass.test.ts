import { expect, it } from 'vitest'
import { runPhpass } from './run-phpass.ts'

it('a fault in the thread of phpass is that of the check, and the process goes on', async () => {
  const broken = { salt: Buffer.from('12345678'), password: 'no bytes' as never, rounds: 1 }
  await expect(runPhpass(broken)).rejects.toThrow(TypeError)
})
