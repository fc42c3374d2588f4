import { beforeEach, expect, it } from 'vitest'
import { dropPassword, findHeldPassword, holdPassword } from './held-password.ts'

beforeEach(dropPassword)

it('a held password is found for its own address, in any spelling of it', () => {
  holdPassword(' Ada@Example.com', 'correct horse battery')
  expect(findHeldPassword('ada@example.com ')).toBe('correct horse battery')
  expect(findHeldPassword('eve@example.com')).toBeUndefined()
})

it('only the last password is held, until it is dropped', () => {
  holdPassword('ada@example.com', 'correct horse battery')
  holdPassword('eve@example.com', 'another horse')
  expect(findHeldPassword('ada@example.com')).toBeUndefined()
  dropPassword()
  expect(findHeldPassword('eve@example.com')).toBeUndefined()
})
