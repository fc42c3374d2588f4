import { expect, it } from 'vitest'
import { askToConfirm, getConfirmation } from './confirmation.ts'

it('what was refused goes on after a confirmation, and gets its refusal without one', async () => {
  const first = askToConfirm(['password'], 'refused')
  expect(getConfirmation()?.methods).toEqual(['password'])
  getConfirmation()?.confirm()
  await expect(first).resolves.toBeUndefined()
  expect(getConfirmation()).toBe(null)

  const second = askToConfirm(['totp'], 'refused')
  getConfirmation()?.cancel()
  await expect(second).rejects.toBe('refused')
  expect(getConfirmation()).toBe(null)
})

it('a second question takes the place of the first one, whose answer no longer counts', async () => {
  const first = askToConfirm(['password'], 'first')
  const former = getConfirmation()
  const second = askToConfirm(['passkey'], 'second')
  await expect(first).rejects.toBe('first')
  former?.confirm()
  expect(getConfirmation()?.methods).toEqual(['passkey'])
  getConfirmation()?.confirm()
  await expect(second).resolves.toBeUndefined()
})
