import { expect, it } from 'vitest'
import { openGate } from './gate.ts'

/** Systems give a program that asks for any port one from here on. */
const FIRST_GIVEN_PORT = 32_768

it('a gate stands at a port that the system gives to nobody, so that it can be opened again', async () => {
  const gate = await openGate({ host: '127.0.0.1', port: 1 })
  expect(gate.port).toBeLessThan(FIRST_GIVEN_PORT)
  await gate.shut()
  await gate.open()
  await gate.shut()
})
